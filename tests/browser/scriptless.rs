//! The reader where no script runs: search, filters, corrections and imports work all the same.

use crate::served::Served;

#[test]
fn everything_works_without_script() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    tab.set_script(false);
    tab.go(&served.at("/"));
    tab.click("#q");
    tab.write("dam breach");
    tab.press("Enter");
    tab.wait_for("location.pathname === '/search' && document.querySelector('.hits mark')");

    tab.go(&served.at("/stories/s1"));
    tab.click(".pair button");
    tab.wait_for("location.pathname === '/beside'");
    assert_eq!(tab.value("document.querySelectorAll('.beside .report').length"), 2);

    tab.go(&served.at("/corrections"));
    tab.click("details:has([value=split]) summary");
    for (field, words) in [("story", "s1"), ("reports", "lissund-review")] {
        tab.click(&format!("#split-{field}"));
        tab.write(words);
    }
    tab.click("form:has([value=split]) button");
    tab.wait_for("document.querySelector('.lines > li')");

    tab.go(&served.at("/import"));
    tab.click("#text");
    tab.write("The ferry of Brell ran aground on Monday, its company said.");
    tab.click("form:has(#text) button");
    // The page loads itself again until the import is done.
    tab.wait_for("document.querySelector('[data-field=step]')?.textContent === 'done'");
    assert_eq!(tab.text("[data-field=new]"), "1");
}
