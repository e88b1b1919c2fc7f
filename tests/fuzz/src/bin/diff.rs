//! Two catalogs → what changed between them.
#![no_main]

use errcat::Class;
use errcat::fuzz::diff;
use errcat_fuzz::{check, mutate, parts};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    let [old, new] = parts(data);
    for one in [old, new] {
        match diff(one, one) {
            Err(error) => return check::error(&error, one),
            Ok(diff) => assert_eq!(diff.class(), None, "{diff}"),
        }
    }
    let forth = diff(old, new).expect("both load");
    let back = diff(new, old).expect("both load");
    assert_eq!(forth.class().is_none(), back.class().is_none(), "{forth}{back}");
    check::plain(&forth.to_text(true, false));
    let _ = forth.to_text(false, true);
    check::plain(&forth.to_markdown(true));
    check::plain(&forth.to_github(true, Class::Editorial));
    let [old, new] = [old, new].map(|text| check::lengths(&String::from_utf8_lossy(text)));
    for change in check::json_lines(&forth.to_json()).iter().filter(|line| line["line"].is_u64()) {
        check::place(change, if change["side"] == "old" { &old } else { &new });
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});
