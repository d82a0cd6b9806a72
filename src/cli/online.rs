//! How addresses and feeds among the inputs are read: what the commands share.

use clap::Args;
use parallax_acquire::fetch::{Addresses, Policy};
use parallax_acquire::online::{Again, Doors, Online, Texts};

/// How addresses and feeds among the inputs of a command are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Addresses and feeds")]
pub(super) struct OnlineInputs {
    /// Follow the links of feeds and take the text of each page, not what the feed says of it
    #[arg(long)]
    full_text: bool,
    /// Of each page among the addresses read the feed that it names; of a site's front page that is done anyway
    #[arg(long)]
    find_feeds: bool,
    #[command(flatten)]
    manners: Manners,
}

/// How servers are met.
#[derive(Debug, Args)]
#[command(next_help_heading = "Addresses and feeds")]
pub(super) struct Manners {
    /// Whom the owner of a site can write to about our requests: told to every server
    #[arg(long, value_name = "MAIL_OR_PAGE")]
    contact: Option<String>,
    /// Also connect to private and local addresses, as in an intranet
    #[arg(long)]
    allow_private: bool,
}

impl OnlineInputs {
    pub(super) fn online(&self) -> Online {
        let texts = if self.full_text { Texts::Full } else { Texts::AsGiven };
        self.manners.online(texts, doors(self.find_feeds))
    }
}

impl Manners {
    pub(super) fn online(&self, texts: Texts, doors: Doors) -> Online {
        Online { policy: self.policy(), texts, doors, again: Again::Never }
    }

    /// What fetching may do and how politely.
    pub(super) fn policy(&self) -> Policy {
        let addresses = if self.allow_private { Addresses::All } else { Addresses::Public };
        Policy { contact: self.contact.clone(), addresses, ..Policy::default() }
    }
}

/// Which pages lead to feeds, where those of all pages are wanted or not.
pub(super) fn doors(of_all_pages: bool) -> Doors {
    if of_all_pages { Doors::AllPages } else { Doors::FrontPages }
}
