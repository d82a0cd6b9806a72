//! What people see, in a real browser: headless Chromium draws the page of one comparison and every page of the reader, on a desk, a phone and paper, light
//! and dark; it is clicked and typed into as a person would; and it has nothing to complain of.
//!
//! Says so and passes where Chromium is not installed. The pictures are left in the target folder, under `tmp/browser`. Where `PARALLAX_AXE` names the script of
//! axe-core (`scripts/fetch-axe.sh` fetches it), each page is held against WCAG 2.2 AA too.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod axe;
mod chromium;
mod correcting;
mod every_page;
mod importing;
mod keyboard;
mod one_comparison;
mod scriptless;
mod served;
