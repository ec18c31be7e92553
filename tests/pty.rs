//! The program in a real terminal: start, type, resize, stop, kill, hang up,
//! come back.

#![allow(clippy::disallowed_methods, reason = "tests touch the world")]

mod support;

use std::path::Path;
use std::time::Duration;

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use support::pty::Pty;
use tempfile::TempDir;

/// Alternate screen, plain keys, marked pastes, focus, a blank screen.
const ENTER: &str = "\x1b[?1049h\x1b[?1l\x1b>\x1b[?2004h\x1b[?1004h\x1b[m\x1b[H\x1b[2J";
const LEAVE: &str = "\x1b[?1004l\x1b[?2004l\x1b[?1049l\x1b[?25h";

fn start(home: &Path, args: &[&str]) -> Pty {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gouji"));
    command.env_clear();
    command.env("HOME", home);
    command.env("LANG", "zh_CN.UTF-8");
    command.cwd(home);
    command.args(args);
    Pty::start(command, 80, 24)
}

fn home() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

/// An empty report in a file of its own.
fn report(home: &Path) -> &'static str {
    let sample = include_bytes!("../src/format/sample.json");
    std::fs::write(home.join("a.json"), sample).expect("a file");
    "a.json"
}

#[test]
fn the_sample_stands_and_turns_red_before_enter() {
    let home = home();
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人!");
    pty.wait_for("错误 2  提醒 1");
    pty.send("8");
    pty.wait_for("错误 4  提醒 1");
    pty.send("\x1a");
    pty.wait_for("错误 2  提醒 1");
    pty.send("\x11");
    let (status, bytes) = pty.end();
    assert!(status.success());
    let bytes = String::from_utf8_lossy(&bytes);
    assert!(bytes.starts_with(ENTER), "the terminal is taken first");
    assert!(bytes.contains(LEAVE), "the terminal is given back");
}

#[test]
fn a_program_that_was_stopped_takes_the_terminal_again() {
    let home = home();
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人");
    pty.signal(Signal::STOP);
    pty.signal(Signal::CONT);
    pty.send("4242");
    pty.wait_for("4242");
    pty.send("\x11");
    pty.wait_for("没有保存");
    pty.send("3");
    let (status, bytes) = pty.end();
    assert!(status.success());
    let bytes = String::from_utf8_lossy(&bytes);
    assert_eq!(bytes.matches(ENTER).count(), 2, "once more after the stop");
}

#[test]
fn a_killed_session_comes_back_on_enter() {
    let home = home();
    let file = report(home.path());
    let mut pty = start(home.path(), &[file]);
    pty.wait_for("已保存");
    pty.send("4242");
    pty.wait_for("4242");
    pty.signal(Signal::KILL);
    pty.end();
    let mut again = start(home.path(), &[file]);
    again.wait_for("7 -> 4242");
    again.send("\r");
    again.wait_for("恢复了 1 格改动（1 步）");
    again.send("\x13");
    again.wait_for("已保存：");
    again.send("\x11");
    assert!(again.end().0.success());
    let mut last = start(home.path(), &[file]);
    last.wait_for("4242");
    last.send("\x11");
    assert!(last.end().0.success());
}

#[test]
fn undo_goes_behind_opening_and_a_kill_there_loses_nothing() {
    let home = home();
    let file = report(home.path());
    let mut pty = start(home.path(), &[file]);
    pty.wait_for("已保存");
    pty.send("4242\r");
    pty.wait_for("4242");
    pty.send("\x13");
    pty.wait_for("已保存：");
    pty.send("\x11");
    assert!(pty.end().0.success());
    let mut again = start(home.path(), &[file]);
    again.wait_for("4242");
    again.send("\x1a");
    again.wait_for("撤销：");
    again.wait_for("错误 2  提醒 1");
    again.signal(Signal::KILL);
    again.end();
    let mut last = start(home.path(), &[file]);
    last.wait_for("4242 -> 7");
    last.send("\r");
    last.wait_for("恢复了 1 格改动（1 步）");
    last.send("\x13");
    last.wait_for("已保存：");
    // Both versions were kept, and stand beside what is there now.
    last.send("\x1b[21~");
    last.wait_for("更多");
    last.send("file.versions\r");
    last.wait_for("以前的版本");
    last.wait_for("2  ");
    last.send("\x1b[B");
    last.wait_for("> 2  ");
    last.send("\x1b[A");
    last.wait_for("> 1  ");
    last.send("\r");
    last.wait_for("的版本 -> 现在");
    last.wait_for("4242");
    last.send("\x11");
    assert!(last.end().0.success());
    let state = home.path().join(".local/state/gouji/history");
    let files = std::fs::read_dir(state).expect("a folder").flatten();
    for file in files {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = file.metadata().expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn another_file_is_read_and_stands_beside_the_report() {
    let home = home();
    let file = report(home.path());
    let text = std::fs::read_to_string(home.path().join(file)).expect("read");
    std::fs::write(home.path().join("b.json"), text.replace("2024", "2023")).expect("written");
    let mut pty = start(home.path(), &[file]);
    pty.wait_for("已保存");
    pty.send("\x1b[21~");
    pty.wait_for("更多");
    pty.send("file.compare\r");
    pty.wait_for("与什么对比");
    pty.send("\x1b[A");
    pty.wait_for("> 3  ");
    pty.send("\r");
    pty.wait_for("与它对比");
    pty.send("b.json\r");
    pty.wait_for("对比 2023 -> 2024");
    pty.send("\x1b[19~");
    pty.send("\r");
    pty.wait_for("Esc 回到对比");
    pty.send("\x1b");
    pty.wait_for("对比 2023 -> 2024");
    pty.send("\x11");
    assert!(pty.end().0.success());
}

#[test]
fn an_unnamed_report_comes_back_from_the_start_page() {
    let home = home();
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人");
    pty.send("4242");
    pty.wait_for("4242");
    pty.signal(Signal::KILL);
    pty.end();
    let mut again = start(home.path(), &[]);
    again.wait_for("未保存");
    again.send("1");
    again.wait_for("7 -> 4242");
    again.send("\r");
    again.wait_for("恢复了 1 格改动（1 步）");
    again.send("\x11");
    again.wait_for("没有保存");
    again.send("3");
    assert!(again.end().0.success());
    let mut last = start(home.path(), &[]);
    last.wait_for("空白新建");
    assert!(!last.now().has("未保存"), "discarded changes are gone");
    last.send("0");
    assert!(last.end().0.success());
}

#[test]
fn what_was_left_for_later_is_gone_on_with_unasked_however_it_is_opened() {
    let home = home();
    let file = report(home.path());
    let mut pty = start(home.path(), &[file]);
    pty.wait_for("已保存");
    pty.send("4242");
    pty.wait_for("4242");
    pty.send("\x11");
    pty.wait_for("留着下次继续");
    pty.send("2");
    assert!(pty.end().0.success());
    let mut again = start(home.path(), &[file]);
    again.wait_for("接着上次：1 格改动（1 步）");
    again.wait_for("4242");
    again.send("\x1b[B77");
    again.wait_for("77");
    again.send("\x11");
    again.wait_for("没有保存：2 格改动（2 步）");
    again.send("2");
    assert!(again.end().0.success());
    // The start page tells how it was left, and goes on as well.
    let mut last = start(home.path(), &[]);
    last.wait_for("未保存 2 处");
    assert!(last.now().has("错误 "), "errors as they were kept");
    last.send("1");
    last.wait_for("接着上次：2 格改动（2 步）");
    last.send("\x13");
    last.wait_for("已保存：");
    last.send("\x11");
    assert!(last.end().0.success());
    let mut saved = start(home.path(), &[]);
    saved.wait_for("a.json");
    assert!(
        !saved.now().has("未保存"),
        "{}",
        saved.now().rows().join("\n")
    );
    saved.send("0");
    assert!(saved.end().0.success());
}

#[test]
fn a_file_is_found_in_the_list_of_its_folder_and_opened() {
    let home = home();
    report(home.path());
    std::fs::create_dir(home.path().join("docs")).expect("a folder");
    report(&home.path().join("docs"));
    std::fs::write(home.path().join("notes.exe"), "x").expect("a file");
    let mut pty = start(home.path(), &[]);
    pty.wait_for("空白新建");
    pty.send("3");
    pty.wait_for("docs/");
    pty.wait_for("a.json");
    assert!(!pty.now().has("notes.exe"), "only what can be opened");
    pty.send("\x1b[B\r");
    pty.wait_for("打开: docs/");
    pty.wait_for("a.json");
    pty.send("\x1b[B\r");
    pty.wait_for("已保存");
    // What was left is offered at the next start, with how it stood.
    pty.send("\x11");
    assert!(pty.end().0.success());
    let mut again = start(home.path(), &[]);
    again.wait_for("1  a.json");
    again.wait_for("错误 2");
    again.send("0");
    assert!(again.end().0.success());
}

#[test]
fn last_year_s_report_is_named_once_and_known_again() {
    let home = home();
    for year in ["2023", "2024"] {
        let file = format!("district-{year}.json");
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/years");
        std::fs::copy(from.join(&file), home.path().join(&file)).expect("copied");
    }
    let mut pty = start(
        home.path(),
        &["district-2024.json", "--last", "district-2023.json"],
    );
    pty.wait_for("去年：2023 district-2023.json");
    pty.wait_for("去年 ");
    pty.send("\x11");
    assert!(pty.end().0.success());
    let mut again = start(home.path(), &["district-2024.json"]);
    again.wait_for("与去年不符 2 处");
    again.send("\x11");
    assert!(again.end().0.success());
    // Its disk is gone: one sentence, and the report is open.
    std::fs::remove_file(home.path().join("district-2023.json")).expect("removed");
    let mut gone = start(home.path(), &["district-2024.json"]);
    gone.wait_for("去年的报告没有读到");
    gone.send("\x1b[B4");
    gone.wait_for("未保存");
    gone.send("\x11");
    gone.wait_for("放弃改动");
    gone.send("3");
    assert!(gone.end().0.success());
    // A pipe that nobody writes to is no reason to wait.
    let pipe = home.path().join("district-2023.json");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).expect("a pipe");
    let mut piped = start(home.path(), &["district-2024.json"]);
    piped.wait_for("去年的报告没有读到");
    piped.send("\x11");
    assert!(piped.end().0.success());
    let mut alone = start(home.path(), &["--last", "district-2024.json"]);
    alone.wait_for("没有写要打开的报告");
    assert!(!alone.end().0.success());
}

#[test]
fn a_new_report_begins_with_its_body_and_year() {
    let home = home();
    let mut pty = start(home.path(), &[]);
    pty.wait_for("空白新建");
    pty.send("1");
    pty.wait_for("机关名称");
    pty.send("某县水务局");
    pty.wait_for("机关名称: 某县水务局");
    pty.send("\r");
    pty.wait_for("不是今年");
    pty.send("2024");
    pty.wait_for("报告年度: 2024");
    pty.send("\r");
    pty.wait_for("某县水务局 2024");
    pty.signal(Signal::KILL);
    pty.end();
    // Even that is in the journal.
    let mut again = start(home.path(), &[]);
    again.wait_for("未保存 2 处");
    again.send("1");
    again.wait_for("恢复全部");
    again.send("\r");
    again.wait_for("某县水务局 2024");
    again.send("\x11");
    again.wait_for("没有保存");
    again.send("3");
    assert!(again.end().0.success());
}

#[test]
fn a_report_begun_from_last_years_survives_a_kill() {
    let home = home();
    let last = include_bytes!("../src/format/sample.json");
    std::fs::write(home.path().join("last.json"), last).expect("a file");
    let mut pty = start(home.path(), &[]);
    pty.wait_for("从去年的报告新建");
    pty.send("2");
    pty.wait_for("last.json");
    pty.send("\x1b[B\r");
    pty.wait_for("去年的报告有 2 处错误");
    pty.send("1");
    pty.wait_for("报告年度: 2025");
    pty.send("\r\r");
    pty.wait_for("带入上年结转 7 格");
    pty.wait_for("0<");
    pty.signal(Signal::KILL);
    pty.end();
    let mut again = start(home.path(), &[]);
    again.wait_for("未保存");
    again.send("1");
    again.wait_for("恢复全部");
    again.send("\r");
    again.wait_for("2025");
    again.wait_for("录入");
    // Its last year has come back as well.
    again.wait_for("0<");
    // Saved under its own name, last year's file as it was.
    again.send("\x13");
    again.wait_for("2025.json");
    again.send("\r");
    again.wait_for("已保存：");
    again.send("\x11");
    assert!(again.end().0.success());
    let kept = std::fs::read(home.path().join("last.json")).expect("a file");
    assert_eq!(kept, last);
}

#[test]
fn a_hang_up_keeps_what_was_typed() {
    let home = home();
    let file = report(home.path());
    let mut pty = start(home.path(), &[file]);
    pty.wait_for("已保存");
    pty.send("4242");
    pty.wait_for("4242");
    pty.hang_up();
    let (status, _) = pty.end();
    assert!(!status.success());
    let mut again = start(home.path(), &[file]);
    again.wait_for("4242");
    again.send("\r");
    again.wait_for("恢复了");
}

#[test]
fn a_termination_gives_the_terminal_back() {
    let home = home();
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人");
    pty.signal(Signal::TERM);
    let (status, bytes) = pty.end();
    assert_eq!(status.exit_code(), 143);
    assert!(String::from_utf8_lossy(&bytes).ends_with(LEAVE));
}

#[test]
fn the_screen_follows_the_window_down_to_one_cell_and_back() {
    let home = home();
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人");
    pty.resize(40, 12);
    pty.wait_until("one row as a list", |shown| {
        let rows = shown.rows();
        rows[1].starts_with("一 本年新收") && rows.len() == 12
    });
    pty.resize(1, 1);
    pty.resize(100, 36);
    pty.wait_until("the matrix again", |shown| {
        shown.rows().len() == 36 && shown.has("3.其他")
    });
    pty.send("\x11");
    assert!(pty.end().0.success());
}

#[test]
fn a_marked_paste_is_one_step_whatever_it_holds() {
    let home = home();
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人");
    pty.send("\x1b[200~31\t32\r\n33\x1b[31m\t34\r\n\x1b[201~");
    pty.wait_for("粘贴预览 | 收到 2 行 x 2 列");
    pty.send("\r");
    pty.wait_for("粘贴：改了");
    pty.wait_for(" 31     32 ");
    pty.send("\x1a");
    pty.wait_for("撤销：粘贴");
    pty.send("\x11");
    assert!(pty.end().0.success());
}

#[test]
fn a_block_is_previewed_however_its_keys_arrive() {
    let rows = "1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1\r\
                1.信访举报投诉类申请\t1,2\t0\t0\t0\t0\t0\t3\r";
    let marked = format!("\x1b[200~{rows}\x1b[201~");
    // Old PuTTY and nested tmux do not mark a paste: it comes as a burst of keys.
    for paste in [&*marked, rows] {
        let home = home();
        let mut pty = start(home.path(), &["--sample"]);
        pty.wait_for("自然人");
        pty.send(paste);
        pty.wait_for("收到 2 行 x 8 列");
        if paste == rows {
            pty.wait_for("像是粘贴来的");
            pty.send(" ");
            pty.wait_for("空格键 换读法");
        }
        pty.wait_for("【1,2】读成哪个");
        pty.send("2");
        pty.wait_for("[2 12]");
        pty.send("\r");
        pty.wait_for("粘贴：改了 4 格");
        pty.send("\x1a");
        pty.wait_for("撤销：粘贴");
        pty.send("\x11");
        assert!(pty.end().0.success());
    }
}

#[test]
fn a_terminal_that_says_it_marks_pastes_types_what_a_stalled_line_brings_at_once() {
    let home = home();
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人");
    pty.wait_until("the question", |shown| {
        shown.bytes.windows(9).any(|bytes| bytes == b"\x1b[?2004$p")
    });
    // The answer is cut where a slow line cuts it, and never typed.
    pty.send("\x1b[?200");
    pty.send("4;1$y");
    pty.send("41\r42\r");
    pty.wait_for(" 41     42 ");
    pty.send("\x1a\x1a");
    pty.wait_for("撤销：");
    pty.send("\x11");
    assert!(pty.end().0.success());
}

#[test]
fn an_unmarked_burst_is_asked_about_and_can_be_typed() {
    let home = home();
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人");
    pty.send("41\r42\r");
    pty.wait_for("像是粘贴来的");
    pty.send("\r");
    pty.send("+");
    pty.wait_for(" 41     42 ");
    pty.send("\x1a\x1a");
    pty.wait_for("撤销：");
    pty.send("\x11");
    assert!(pty.end().0.success());
}

#[test]
fn a_paste_whose_end_is_lost_is_left_by_ctrl_q_and_what_came_is_kept() {
    let home = home();
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人");
    pty.send("\x1b[200~31\t32");
    // Until it is heard: the first second belongs to the paste.
    for _ in 0..100 {
        pty.send("\x11");
        std::thread::sleep(std::time::Duration::from_millis(50));
        if pty.now().has("粘贴预览") {
            break;
        }
    }
    pty.wait_for("收到 1 行 x 2 列");
    pty.send("\r");
    pty.wait_for(" 31     32 ");
    pty.send("\x1a");
    pty.wait_for("撤销：粘贴");
    pty.send("\x11");
    assert!(pty.end().0.success());
}

#[test]
fn a_file_that_takes_long_is_given_up_by_escape_and_the_old_report_stays() {
    let home = home();
    let row = format!("<tr><td>1.属于国家秘密</td>{}</tr>", "<td>1</td>".repeat(7));
    let table = format!("<table>{}</table><p>政府信息公开</p>", row.repeat(20));
    let page = format!("<html>{}</html>", table.repeat(1000));
    std::fs::write(home.path().join("slow.html"), page).expect("a file");
    // With two files nothing is completed.
    std::fs::write(home.path().join("other.txt"), "").expect("a file");
    let mut pty = start(home.path(), &["--sample"]);
    pty.wait_for("自然人");
    pty.send("\x0f");
    pty.wait_for("打开:");
    pty.send("slow.html\r");
    pty.wait_for("Esc 停止");
    pty.send("\x1b");
    pty.wait_for("停止了，没有打开");
    pty.wait_for("(七)总计");
    pty.send("5");
    pty.wait_for("未保存");
    pty.send("\x11");
    pty.wait_for("没有保存");
    pty.send("3");
    assert!(pty.end().0.success());
}

#[test]
fn only_one_session_writes_a_report() {
    let home = home();
    let file = report(home.path());
    let mut first = start(home.path(), &[file]);
    first.wait_for("已保存");
    let mut second = start(home.path(), &[file]);
    second.wait_for("只读");
    second.send("5");
    second.wait_for("正在编辑");
    second.send("\x11");
    assert!(second.end().0.success());
    first.send("\x11");
    assert!(first.end().0.success());
}

#[test]
fn chinese_text_arrives_whole_wherever_its_bytes_are_cut() {
    let home = home();
    let file = report(home.path());
    let mut pty = start(home.path(), &[file]);
    pty.wait_for("已保存");
    pty.send("\x1bOR");
    pty.wait_for("查找：");
    pty.send("6");
    pty.wait_for("> 六 其他事项");
    pty.send("\r");
    pty.wait_for("六、其他");
    pty.send("\x1b[1;5F");
    pty.send("\r");
    pty.wait_for("第 2 段");
    let piece = "受“９”㎡。";
    for cut in 1..piece.len() {
        pty.send_bytes(&piece.as_bytes()[..cut]);
        pty.send_bytes(&piece.as_bytes()[cut..]);
    }
    for byte in "完。".as_bytes() {
        pty.send_bytes(&[*byte]);
    }
    pty.wait_for("完。");
    pty.send("\x13");
    pty.wait_for("已保存：");
    pty.send("\x11");
    assert!(pty.end().0.success());
    let saved = std::fs::read_to_string(home.path().join(file)).expect("the file");
    let whole = format!("{}完。", piece.repeat(piece.len() - 1));
    assert!(saved.contains(&whole), "{saved}");
}

/// Numbers that look random and are the same in every run.
fn dice(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// `KILLS=200 cargo test --test pty kills` for the figure of the closing note.
#[test]
fn kills_at_any_moment_lose_nothing_that_was_shown() {
    let rounds: usize = std::env::var("KILLS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(20);
    let home = home();
    let file = report(home.path());
    let mut state = 0x9e37_79b9_7f4a_7c15;
    for _ in 0..rounds {
        let mut pty = start(home.path(), &[file]);
        pty.wait_for("已保存");
        let keys = 1 + dice(&mut state) % 6;
        for key in 0..keys {
            pty.send(&(1 + dice(&mut state) % 9).to_string());
            // Sometimes the picture is waited for, sometimes keys race the kill.
            if dice(&mut state).is_multiple_of(3) {
                let wanted = usize::try_from(key).expect("few keys") + 1;
                pty.wait_until("the digits typed", |shown| {
                    digits(&shown.rows()).len() >= wanted
                });
            }
        }
        let shown = digits(&pty.now().rows());
        pty.signal(Signal::KILL);
        pty.end();
        if shown == "7" {
            // Nothing of the typing was on the screen yet.
            let _ = std::fs::remove_dir_all(home.path().join(".local"));
            continue;
        }
        let mut again = start(home.path(), &[file]);
        again.wait_for(&format!("7 -> {shown}"));
        again.send("3");
        again.end();
        let _ = std::fs::remove_dir_all(home.path().join(".local"));
    }
}

/// Keys and what stands on the screen after them.
type Keys<'a> = &'a [(&'a str, &'a str)];

const TO_TEXT: Keys = &[
    ("\x1bOR", "查找："),
    ("6", "> 六 其他事项"),
    ("\r", "六、其他"),
    ("\x1b[1;5F", ""),
    ("\r", "第 2 段"),
];

// Whether it is done in a text, what is done, keys that race the kill, what comes
// back, and what does not.
const KINDS: [(bool, Keys, &str, &[&str], &str); 6] = [
    (false, &[("4242", "4242")], "\r", &["4242"], "打错的"),
    (
        true,
        &[("停办一项，受理“9”件。", "受理“9”件。")],
        "再",
        &["停办一项，受理“9”件。"],
        "打错的",
    ),
    (
        false,
        &[
            ("\x1b[200~31\t32\r\n33\t34\r\n\x1b[201~", "粘贴预览"),
            ("\r", "粘贴：改了 4 格"),
        ],
        "\r",
        &[" 31 ", " 32 ", " 33 ", " 34 "],
        "打错的",
    ),
    (
        false,
        &[
            ("4242", "4242"),
            ("\r", "商业企业 / "),
            ("7373", "7373"),
            ("\x1a", "撤销："),
        ],
        "",
        &["4242"],
        "7373",
    ),
    (
        true,
        &[
            ("甲乙甲丙", "甲乙甲丙"),
            ("\x06", "查找："),
            ("甲", "甲"),
            ("\t", "换成："),
            ("丁戊", "丁戊"),
            ("\t", "逐处取舍"),
            ("\r", "换了 2 处"),
        ],
        "",
        &["丁戊乙丁戊丙"],
        "甲",
    ),
    (
        false,
        &[
            ("4242", "4242"),
            ("\r", "商业企业 / "),
            ("\x13", "已保存："),
            ("7373", "7373"),
        ],
        "\r",
        &["4242", "7373"],
        "打错的",
    ),
];

#[test]
fn kills_after_each_kind_of_change_lose_nothing_that_was_shown() {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    for (at, (in_text, keys, racing, kept, gone)) in KINDS.into_iter().enumerate() {
        let go = |pty: &mut Pty, keys: Keys| {
            for (keys, shown) in keys {
                pty.send(keys);
                pty.wait_for(shown);
                // Keys that come at once are taken for a paste.
                std::thread::sleep(Duration::from_millis(50));
            }
        };
        let home = home();
        let file = report(home.path());
        let mut pty = start(home.path(), &[file]);
        pty.wait_for("已保存");
        if in_text {
            go(&mut pty, TO_TEXT);
        }
        go(&mut pty, keys);
        let cut = usize::try_from(dice(&mut state) % 4).expect("few");
        pty.send(&racing[..racing.floor_char_boundary(cut)]);
        pty.signal(Signal::KILL);
        pty.end();
        // Every second time the file is gone as well.
        let is_gone = at % 2 == 1;
        if is_gone {
            std::fs::remove_file(home.path().join(file)).expect("removed");
        }
        let mut again = start(home.path(), &[file]);
        again.wait_for("恢复全部");
        assert_eq!(again.now().has("这个文件现在打不开"), is_gone);
        again.send("\r");
        again.wait_for("恢复了");
        if in_text {
            go(&mut again, &TO_TEXT[..3]);
        }
        for kept in kept {
            again.wait_for(kept);
        }
        assert!(!again.now().has(gone), "{gone}");
    }
}

#[test]
fn the_start_page_opens_what_is_left_of_a_report_whose_folder_is_gone() {
    let home = home();
    let folder = home.path().join("docs");
    std::fs::create_dir(&folder).expect("a folder");
    report(&folder);
    let mut pty = start(home.path(), &["docs/a.json"]);
    pty.wait_for("已保存");
    pty.send("4242");
    pty.wait_for("4242");
    pty.signal(Signal::KILL);
    pty.end();
    std::fs::remove_dir_all(&folder).expect("removed");
    let mut again = start(home.path(), &[]);
    again.wait_for("未保存");
    again.send("1");
    again.wait_for("这个文件现在打不开");
    again.wait_for("docs/a.json");
    again.wait_for("7 -> 4242");
    again.send("\r");
    again.wait_for("恢复了 1 格改动（1 步）");
    // The old place is gone; it is made again when asked for.
    again.send("\x13");
    again.wait_for("没有这个文件夹");
    again.send("1");
    again.wait_for("已保存：");
    again.send("\x11");
    assert!(again.end().0.success());
    let mut last = start(home.path(), &["docs/a.json"]);
    last.wait_for("4242");
    last.send("\x11");
    assert!(last.end().0.success());
}

/// The number in the first cell of the matrix, as far as it is on the screen.
fn digits(rows: &[String]) -> String {
    let Some(row) = rows.iter().find(|row| row.starts_with("一 本年新收")) else {
        return String::new();
    };
    row.chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect()
}

#[test]
fn the_second_session_on_a_file_cannot_replace_it() {
    let home = home();
    let file = report(home.path());
    let mut first = start(home.path(), &[file]);
    first.wait_for("已保存");
    let mut second = start(home.path(), &[file]);
    second.wait_for("只读");
    first.send("4242\x13");
    first.wait_for("已保存：");
    let saved = std::fs::read_to_string(home.path().join(file)).expect("there");
    assert!(saved.contains("4242"));
    second.send("\x13");
    second.wait_for("a-副本.json");
    for _ in 0..120 {
        second.send("\x7f");
    }
    second.send("a.json\r");
    second.wait_for("正在编辑");
    assert!(!second.now().has("替换"));
    let now = std::fs::read_to_string(home.path().join(file)).expect("there");
    assert_eq!(now, saved);
    first.send("\x11");
    assert!(first.end().0.success());
    // It is free now: taken over, and read again.
    second.send("\x1b");
    second.wait_until("the failure is gone", |shown| !shown.has("正在编辑"));
    second.send("\x13");
    second.wait_for("2  他确实不在了");
    second.send("2");
    second.wait_for("4242");
    second.send("\x11");
    assert!(second.end().0.success());
}

/// What commit b4573b6 left on a disk: a file of the first version, in a folder.
fn left_by_the_first_version(name: &str, to: &Path, folder: &Path) {
    let path = format!("{}/tests/data/b4573b6/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a fixture");
    let text = text.replace("{FOLDER}", folder.to_str().expect("a path of ours"));
    std::fs::create_dir_all(to.parent().expect("it has a folder")).expect("a folder");
    std::fs::write(to, text).expect("a file");
}

#[test]
fn all_that_the_first_version_left_on_a_disk_opens() {
    let home = home();
    let folder = home.path().canonicalize().expect("it is there");
    let state = folder.join(".local/state/gouji");
    let digest = |file: &str| gouji::store::Name::of(&folder.join(file)).digest();
    let leave = |name: &str, to: &str| left_by_the_first_version(name, &folder.join(to), &folder);
    let keep = |name: &str, to: &str| left_by_the_first_version(name, &state.join(to), &folder);
    let unnamed = "unnamed-20261130-072127-25618-0.jsonl";
    leave("config.json", ".config/gouji/config.json");
    leave("report.json", "a.json");
    leave("report.json", "locked.json");
    leave("lock.json", "locked.json.lock");
    leave("keyed.json", "b.json");
    keep("recent.json", "recent.json");
    keep(
        "journal.jsonl",
        &format!("journal/{}.jsonl", digest("a.json")),
    );
    keep(unnamed, &format!("journal/{unnamed}"));
    keep("modes.json", &format!("modes/{}.json", digest("b.json")));

    // The start page offers what was not saved and what was open.
    let mut pty = start(home.path(), &[]);
    pty.wait_for("a.json");
    assert!(pty.now().has("未保存"), "changes of two reports wait");
    pty.send("0");
    assert!(pty.end().0.success());

    // A journal is replayed; the keys of the settings are in force.
    let mut pty = start(home.path(), &["a.json"]);
    pty.wait_for("42 -> 4242");
    pty.send("\r");
    pty.wait_for("恢复了");
    pty.wait_for("错误 6");
    pty.send("\x07");
    pty.wait_for("错误 2/");
    pty.send("\x11");
    pty.wait_for("没有保存");
    pty.send("3");
    assert!(pty.end().0.success());

    // Modes of a report are kept beside it.
    let mut pty = start(home.path(), &["b.json"]);
    pty.wait_for("录入");
    pty.send("\x11");
    assert!(pty.end().0.success());

    // A lock of another machine is respected.
    let mut pty = start(home.path(), &["locked.json"]);
    pty.wait_for("a clerk");
    pty.send("\r");
    pty.wait_for("只读");
    pty.send("\x11");
    assert!(pty.end().0.success());
}

#[test]
fn a_folder_opens_on_its_page_and_a_report_goes_back_to_its_line() {
    let home = home();
    let folder = home.path().join("报送");
    std::fs::create_dir(&folder).expect("made");
    let sample = include_bytes!("../src/format/sample.json");
    std::fs::write(folder.join("民政局.json"), sample).expect("a file");
    std::fs::write(folder.join("名单.txt"), "民政局\n财政局\n").expect("a roster");
    let mut pty = start(home.path(), &["报送"]);
    pty.wait_for("2 家");
    pty.wait_for("未报送 1");
    pty.wait_for("待退回");
    pty.send("\r");
    pty.wait_for("错误 2  提醒 1");
    pty.send("\x1b");
    pty.wait_for("回文件夹");
    pty.send("\x1b");
    pty.wait_for("未报送 1");
    // The note is shown, and asked about before anything is written.
    pty.send("\x1b[20~");
    pty.wait_for("退回意见");
    assert!(!folder.join("勾稽审核.json").exists());
    pty.send("\r");
    pty.wait_for("记为已退回（第 1 次）");
    pty.send("1");
    pty.wait_for("已退回 1 次");
    assert!(folder.join("勾稽审核.json").exists());
    let unit = std::fs::read(folder.join("民政局.json")).expect("it is there");
    assert_eq!(unit, sample, "a unit's file is never written");
    pty.send("\x11");
    let (status, _) = pty.end();
    assert!(status.success());
}

#[test]
fn the_manual_is_shown_by_the_pager_of_its_reader() {
    let home = home();
    let shown = |pager: &str| {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gouji"));
        command.env_clear();
        command.env("HOME", home.path());
        command.env("PATH", "/usr/bin:/bin");
        command.env("PAGER", pager);
        command.args(["help", "manual"]);
        let mut pty = Pty::start(command, 80, 24);
        let (status, bytes) = pty.end();
        assert!(status.success());
        String::from_utf8_lossy(&bytes).into_owned()
    };
    assert!(shown("head -n 1; echo read").contains("read"));
    assert!(shown("head -n 1").starts_with("勾稽（gouji）使用手册"));
    for none in ["", "cat", "/no/such/pager"] {
        assert!(shown(none).contains("19. 附表"), "{none}");
    }
}

#[test]
fn a_window_that_only_reads_shows_what_the_other_one_saved() {
    let home = home();
    let file = report(home.path());
    let mut first = start(home.path(), &[file]);
    first.wait_for("已保存");
    let mut second = start(home.path(), &[file]);
    second.wait_for("只读");
    let mut third = start(home.path(), &["--read-only", file]);
    third.wait_for("--read-only");
    first.send("42\r");
    first.wait_for("42");
    first.send("\x13");
    first.wait_for("已保存：");
    for other in [&mut second, &mut third] {
        other.wait_for("这里已经刷新");
        other.wait_for("42");
        other.send("\x11");
    }
    first.send("\x11");
    for mut ended in [first, second, third] {
        assert!(ended.end().0.success());
    }
}
