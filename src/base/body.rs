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
    let (long, end) = if one.len() >= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    !end.is_empty() && long.ends_with(end.as_str()) && stands_for(end, long)
}

/// The names that a body is known by, itself first, then without its superiors' one by
/// one; none of an empty name. Two names are of one body where the longest of one is
/// among those of the other.
#[must_use]
pub fn known_by(name: &str) -> Vec<String> {
    let name = short(name);
    let starts = name.char_indices().map(|(at, _)| at);
    let ends = starts.filter(|at| stands_for(&name[*at..], &name));
    ends.map(|at| name[at..].to_owned()).collect()
}

/// Whether the end of a name is enough to know the body by.
fn stands_for(end: &str, name: &str) -> bool {
    if name == end {
        return true;
    }
    // 淮安市洪泽区人民政府 and 洪泽区人民政府; 民政局 alone could be anybody's.
    let lead = &name[..name.len() - end.len()];
    let is_cut = lead.ends_with(LEVELS) || lead.ends_with("街道");
    let place = end.char_indices().skip(1).any(|(at, c)| {
        let ends = at + c.len_utf8() < end.len();
        LEVELS.contains(&c) && ends
    });
    is_cut && (place || end.contains("街道"))
}

/// The ends of a name that begin behind that of a place, itself first: 民政局 of
/// 某县民政局. Each may be of other bodies as well.
#[must_use]
pub fn ends(name: &str) -> Vec<String> {
    let name = short(name);
    let starts = name.char_indices().map(|(at, _)| at);
    let cut = starts.filter(|at| {
        let lead = &name[..*at];
        *at == 0 || lead.ends_with(LEVELS) || lead.ends_with("街道")
    });
    cut.map(|at| name[at..].to_owned()).collect()
}

/// A name without blanks, its endings shortened.
#[must_use]
pub fn short(name: &str) -> String {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace("委员会", "委");
    plain.replace("街道办事处", "街道")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_known(one: &str, other: &str) -> bool {
        let (one, other) = (known_by(one), known_by(other));
        let is_in = |name: Option<&String>, all: &[String]| name.is_some_and(|n| all.contains(n));
        is_in(one.first(), &other) || is_in(other.first(), &one)
    }

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
            assert!(are_known(one, other), "{one} {other}");
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
            assert!(!are_known(one, other), "{one} {other}");
        }
    }
}
