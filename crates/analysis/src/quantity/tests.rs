use proptest::prelude::*;

use super::*;
use crate::segment::segment;

/// The figures of `text`, each as words, value, unit and how to take it: `~` about, `>` at least, `<` at most.
fn found(text: &str) -> Vec<String> {
    use parallax_model::Bound;
    let sign = |q: &Quantity| match (q.bound, q.approximate) {
        (Some(Bound::Least), _) => ">",
        (Some(Bound::Most), _) => "<",
        (None, true) => "~",
        (None, false) => "=",
    };
    quantities(text, &segment(text))
        .iter()
        .map(|q| format!("{}{}{} {}", q.span.of(text), sign(q), q.value, q.unit.as_deref().unwrap_or("?")))
        .collect()
}

#[test]
fn figures_with_units() {
    let check = |text: &str, expected: &[&str]| assert_eq!(found(text), expected, "{text}");
    check("The 90-minute talk ended.", &["90-minute=90 minute"]);
    check("It lasted nearly an hour and a half.", &["nearly an hour and a half~90 minute"]);
    check("It lasted nearly an hour-and-a-half, he said.", &["nearly an hour-and-a-half~90 minute"]);
    check("They waited four and a half hours.", &["four and a half hours=270 minute"]);
    check("A loan of £4.5 billion was agreed.", &["£4.5 billion=4500000000 GBP"]);
    check("It paid $3m, then 10 million euros.", &["$3m=3000000 USD", "10 million euros=10000000 EUR"]);
    check("Prices rose 3.5 per cent.", &["3.5 per cent=3.5 %"]);
    check("Seven island countries signed.", &["Seven island countries=7 country"]);
    check("At least 32 people were killed.", &["At least 32 people>32 person"]);
    check("The quake killed 34 and injured 120.", &["34=34 person", "120=120 person"]);
    check("Of 123 attack drones, 71 were shot down.", &["123 attack drones=123 drone", "71=71 drone"]);
    check("It hit six out of seven slow balloons.", &["six=6 balloon", "seven slow balloons=7 balloon"]);
    check("A car about 300 metres away burned.", &["about 300 metres~300 metre"]);
    check("Between 10 and 15 boats sank.", &["15 boats=15 boat"]);
    check("Some 10 to 15 boats sank.", &["Some 10 to 15 boats~12.5 boat"]);
    check("The nearly three-year-old war goes on.", &["nearly three-year-old~3 year"]);
    check("The nearly three-year-long feud goes on.", &["nearly three-year-long~3 year"]);
    check("A nine-year-old child was hurt.", &["nine-year-old=9 year of age"]);
    check("Up to 2,000 homes lost power.", &["Up to 2,000 homes<2000 home"]);
    check("They swore to end it within 24 hours.", &["24 hours=1440 minute"]);
    check("One person was killed and four others hurt.", &["One person=1 person", "four others=4 person"]);
}

#[test]
fn numbers_that_are_no_amounts() {
    for text in [
        "On February 12, 2025 it began.",
        "It began on 12 February.",
        "They met at 5:30 pm, or at 7 pm.",
        "Article 5 of the treaty holds.",
        "The G20 met, and an F-16 flew over.",
        "United won 3-1 on Sunday.",
        "Nothing of the kind was seen in 2009.",
        "Dozens of homes burned, and millions watched.",
        "It happens twice a day.",
        "On the one hand he agreed.",
        "Call 555-0199.",
        "She came 5th in the 1990s.",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_has_figures_in_place(text in "([0-9]{1,4}|[a-z]{1,6}|[ ,.$£%-]|an hour|million|\\PC){0,24}") {
        for quantity in quantities(&text, &segment(&text)) {
            prop_assert!(!quantity.span.of(&text).is_empty());
            prop_assert!(quantity.value.is_finite());
        }
    }
}
