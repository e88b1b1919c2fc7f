//! Lays out the tables in which generated Rust finds errors by their texts.

use minijinja::{Error, Value};

use super::text_of;
use crate::text::table;

/// The slots of a table: for each, the index of its text, or none. At least half of them are empty, so a
/// search is short.
pub(super) fn hash_slots(texts: &Value) -> Result<Vec<Option<usize>>, Error> {
    let texts: Vec<Value> = texts.try_iter()?.collect();
    let given = || texts.iter().enumerate().filter(|(_, text)| !text.is_none());
    let size = (given().count() * 2).next_power_of_two();
    let mut slots = vec![None; size];
    for (index, text) in given() {
        let text = text_of("hash_slots", text)?;
        let (start, end) = slots.split_at_mut(table::first(&text, size).unwrap_or_default());
        if let Some(slot) = end.iter_mut().chain(start).find(|slot| slot.is_none()) {
            *slot = Some(index);
        }
    }
    Ok(slots)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;

    use proptest::test_runner::Config;
    use proptest::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    /// The table of some texts, as generated Rust looks for one of them.
    struct Table(Vec<&'static str>, Vec<Option<usize>>);

    impl Table {
        fn of(texts: &BTreeSet<String>) -> Self {
            let texts: Vec<&str> = texts.iter().map(|text| &*text.clone().leak()).collect();
            let slots = hash_slots(&Value::from(texts.clone())).unwrap();
            Self(texts, slots)
        }

        fn find(&self, text: &str) -> Option<&str> {
            let found = table::find(&self.1, text, |index| self.0.get(index).copied())?;
            self.0.get(found).copied()
        }
    }

    #[test]
    fn the_runtime_finds_each_text_and_no_other() {
        let config = Config { cases: 50, failure_persistence: None, ..Config::default() };
        proptest!(config, |(texts in proptest::collection::btree_set("[ab_]{0,4}|\\PC{0,20}", 0..200), other in "[ab_]{0,5}")| {
            let table = Table::of(&texts);
            prop_assert!(table.1.len() >= 2 * texts.len());
            prop_assert!(table.1.len().is_power_of_two());
            for text in &texts {
                prop_assert_eq!(table.find(text), Some(text.as_str()));
            }
            for text in texts.iter().flat_map(|text| near(text)).chain([other]) {
                prop_assert_eq!(table.find(&text).is_some(), texts.contains(&text));
            }
        });
    }

    /// What differs in little from a text.
    fn near(text: &str) -> Vec<String> {
        let mut shorter = text.to_owned();
        let last = shorter.pop().unwrap_or('x');
        let other = format!("{shorter}{}", if last == 'a' { 'b' } else { 'a' });
        vec![other, format!("{text}a"), text.repeat(3), shorter, String::new()]
    }

    #[test]
    fn texts_of_the_same_slot_are_found() {
        // Those that begin in the last slot go on in the first.
        for slot in [0, 100, 255] {
            let texts = (0..).map(|number| format!("code_{number}"));
            let same = texts.filter(|text| table::first(text, 256) == Some(slot));
            let all: BTreeSet<String> = same.take(128).collect();
            let table = Table::of(&all);
            assert_eq!(table.1.len(), 256);
            assert!(all.iter().all(|text| table.find(text) == Some(text)));
            assert!(
                all.iter()
                    .flat_map(|text| near(text))
                    .all(|text| { table.find(&text).is_some() == all.contains(&text) })
            );
        }
    }

    #[test]
    fn a_search_ends() {
        assert_eq!(table::find(&[], "gone", |()| Some("")), None);
        assert_eq!(table::find(&[Some(())], "gone", |()| Some("down")), None);
        assert_eq!(table::find(&[Some(()); 8], "gone", |()| None), None);
        assert_eq!(hash_slots(&Value::from(Vec::<&str>::new())).unwrap(), [None]);
    }

    /// Wherever the texts differ.
    #[test]
    fn searches_are_short() {
        let forms: [fn(u32) -> String; 5] = [
            |number| format!("{number:04}"),
            |number| format!("{number}_is_not_found"),
            |number| format!("the_limit_of_{number}"),
            |number| format!("api.v{number}.has_no_such_thing"),
            |number| "x".repeat(usize::try_from(number).unwrap()),
        ];
        for form in forms {
            let table = Table::of(&(0..1000).map(form).collect());
            let steps = table.0.iter().map(|text| {
                let looked_at = Cell::new(0);
                table::find(&table.1, text, |index| {
                    looked_at.set(looked_at.get() + 1);
                    table.0.get(index).copied()
                });
                looked_at.get()
            });
            let steps: u32 = steps.sum();
            assert!(steps < 2000, "{steps} for {}", form(7));
        }
    }
}
