//! Names of public bodies: which two name the same one.
//!
//! **Never:** guesses; a name that could be of two bodies is the same as none.

/// Where a superior's name may end within a name.
const LEVELS: &[char] = &['省', '市', '区', '县', '州', '盟', '旗', '镇', '乡'];

/// Whether two names are of one body: the superior's name may lack in one of them,
/// 委 stands for 委员会 and 街道 for 街道办事处.
///
/// Empty names are of no body.
#[must_use]
pub fn same_body(one: &str, other: &str) -> bool {
    let (one, other) = (short(one), short(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let (long, end) = if one.chars().count() >= other.chars().count() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    if long == end {
        return true;
    }
    // 淮安市洪泽区人民政府 and 洪泽区人民政府; 民政局 alone could be anybody's.
    let lead = long.strip_suffix(end.as_str());
    let is_cut = lead.is_some_and(|lead| lead.ends_with(LEVELS) || lead.ends_with("街道"));
    let place = end.char_indices().skip(1).any(|(at, c)| {
        let ends = at + c.len_utf8() < end.len();
        LEVELS.contains(&c) && ends
    });
    is_cut && (place || end.contains("街道"))
}

/// A name without blanks, its endings shortened.
fn short(name: &str) -> String {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace("委员会", "委");
    plain.replace("街道办事处", "街道")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_known_by_its_shorter_names() {
        for (one, other) in [
            ("洪泽区人民政府", "淮安市洪泽区人民政府"),
            ("西城区民政局", "北京市 西城区民政局"),
            ("拱墅区发展和改革委员会", "杭州市拱墅区发展和改革委"),
            ("武汉市黄陂区前川街道办事处", "黄陂区前川街道"),
            ("前川街道", "黄陂区前川街道办事处"),
            ("民政局", "民政局"),
        ] {
            assert!(same_body(one, other), "{one} {other}");
            assert!(same_body(other, one), "{other} {one}");
        }
    }

    #[test]
    fn other_bodies_are_other_bodies() {
        for (one, other) in [
            ("", ""),
            ("民政局", "西城区民政局"),
            ("东城区民政局", "西城区民政局"),
            ("浦东区人民政府", "东区人民政府"),
            ("西城区民政局", "西城区财政局"),
            ("人民政府", "淮安市人民政府"),
            ("淮安市人民政府", "淮安市洪泽区人民政府"),
        ] {
            assert!(!same_body(one, other), "{one} {other}");
        }
    }
}
