//! `parallax alert`: saved searches whose finds are told to programs and addresses.

use std::env;
use std::io::Write;
use std::path::{self, Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use parallax_acquire::fetch::Fetcher;
use parallax_acquire::online::is_address;
use parallax_archive::{Alert, Archive, Delivery, DeliveryState, Query, Receiver};

use super::archive_file::{ArchiveFile, wait_and_say};
use super::online::Manners;
use super::outcome::{Outcome, say};
use super::output::Destination;
use crate::alerts::{self, Courier, Message, tell_once};
use crate::changes::told;
use crate::ingest::Ingest;

/// A run that ends gives receivers so long; who has not answered by then is told in the next.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// As many tellings are looked at for the list.
const LISTED: u32 = 1000;

const EXAMPLES: &str = "\
Examples:
  parallax alert add dam 'dam breach' --exec ./notify.sh
  parallax alert add reyle 'speaker:reyle' --webhook https://desk.example/hook --secret-file hook.key
  parallax alert list                               and what became of what they found
  parallax alert test dam                           tells the last event that it finds, or an empty message
  parallax alert remove dam

An alert is a search as for `parallax search`. After each `add`, and each round of `watch`, every
event since then that is about a report that it finds is told, at most a hundred in one message:
JSON with the alert, its query, a key, and the events with their sentences, reports and words. --exec runs the
program, which has to be there when the alert is made and is found again from any folder, with it on
standard input and no shell in between; exit status 0 is success. --webhook posts it with

  Idempotency-Key: KEY
  Parallax-Timestamp: SECONDS SINCE 1970
  Parallax-Signature: v1=HMAC-SHA256 in hex, with the secret, over TIMESTAMP + \".\" + BODY

the last only with --secret-file.

A receiver has 15 seconds (a program 30). What fails is tried again after a minute, then after twice
the time each time, twelve times in all, some two days; then it is given up. A message may come twice, with the
same key. Receivers are told beside the work, which never waits for them.

Exit status: 0; 1 if the receiver of a test failed; 2 if the archive could not be read or written.";

/// Save searches, and be told what is new in them
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Alerting {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Save a search
    Add {
        /// What to call it
        name: String,
        /// What to look for, as in `parallax search`
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        /// A program that gets what was found as JSON on standard input
        #[arg(long, value_name = "PROGRAM")]
        exec: Option<String>,
        /// An argument of the program; repeat it for more
        #[arg(long, value_name = "ARGUMENT", requires = "exec", allow_hyphen_values = true)]
        arg: Vec<String>,
        /// An address to which it is posted
        #[arg(long, value_name = "URL")]
        webhook: Option<String>,
        /// A file with the secret by which the address knows us
        #[arg(long, value_name = "FILE", requires = "webhook")]
        secret_file: Option<PathBuf>,
        #[command(flatten)]
        archive: ArchiveFile,
    },
    /// Name the alerts, and what became of what they found
    List {
        #[command(flatten)]
        archive: ArchiveFile,
    },
    /// Forget an alert
    Remove {
        /// What it is called
        name: String,
        #[command(flatten)]
        archive: ArchiveFile,
    },
    /// Tell the receivers of an alert something now
    Test {
        /// What it is called
        name: String,
        #[command(flatten)]
        archive: ArchiveFile,
        #[command(flatten)]
        manners: Manners,
    },
}

impl Alerting {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        match self.command {
            Command::Add { name, query, exec, arg, webhook, secret_file, archive } => {
                add(&archive, &name, &query.join(" "), &receivers(exec, arg, webhook, secret_file)?)
            }
            Command::List { archive } => list(&archive.open()?),
            Command::Remove { name, archive } => {
                archive.ensure_there()?;
                let mut ingest = Ingest::open(&archive.path(), wait_and_say())?;
                let batch = ingest.batch()?;
                batch.remove_alert(&name)?;
                batch.commit()?;
                Ok(Outcome::Complete)
            }
            Command::Test { name, archive, manners } => test(&archive.open()?, &name, &manners),
        }
    }
}

fn receivers(
    exec: Option<String>,
    arguments: Vec<String>,
    webhook: Option<String>,
    secret_file: Option<PathBuf>,
) -> anyhow::Result<Vec<Receiver>> {
    let mut receivers = Vec::new();
    if let Some(program) = exec {
        receivers.push(Receiver::Exec { program: found(&program)?, arguments });
    }
    if let Some(url) = webhook {
        if !is_address(Path::new(&url)) {
            bail!("{url}: a webhook is an address that begins with http or https");
        }
        if secret_file.is_none() {
            say(
                "messages to the webhook go out unsigned: anybody who knows its address can send the like; --secret-file signs them",
            );
        }
        // The file may be moved later, but it should be right when a person looks.
        let secret_file = secret_file.map(|file| {
            alerts::secret(&file).map_err(anyhow::Error::msg)?;
            let whole = file.canonicalize().with_context(|| file.display().to_string())?;
            anyhow::Ok(whole.display().to_string())
        });
        receivers.push(Receiver::Webhook { url, secret_file: secret_file.transpose()? });
    }
    Ok(receivers)
}

/// The program as it is found from any folder: one that is named by its path by the whole of it, another as it lies in PATH.
fn found(program: &str) -> anyhow::Result<String> {
    let file = Path::new(program);
    if file.components().nth(1).is_some() || file.is_absolute() {
        if !file.is_file() {
            bail!("{program}: no such program");
        }
        return Ok(path::absolute(file)?.display().to_string());
    }
    let folders = env::var_os("PATH").unwrap_or_default();
    let lies_in = |folder: PathBuf| {
        folder.join(program).is_file()
            || folder.join(format!("{program}{}", env::consts::EXE_SUFFIX)).is_file()
    };
    match env::split_paths(&folders).any(lies_in) {
        true => Ok(program.to_owned()),
        false => bail!(
            "{program}: no such program in PATH; one that lies elsewhere is named by its path, as ./{program}"
        ),
    }
}

fn add(archive: &ArchiveFile, name: &str, query: &str, receivers: &[Receiver]) -> anyhow::Result<Outcome> {
    query.parse::<Query>().context("the query was not understood")?;
    archive.ensure_there()?;
    let mut ingest = Ingest::open(&archive.path(), wait_and_say())?;
    let batch = ingest.batch()?;
    batch.add_alert(name, query, receivers, Timestamp::now())?;
    batch.commit()?;
    if receivers.is_empty() {
        say("nobody is told of it: it can be read with `parallax feed --alerts`");
    }
    Ok(Outcome::Complete)
}

fn list(archive: &Archive) -> anyhow::Result<Outcome> {
    let alerts = archive.alerts()?;
    if alerts.is_empty() {
        say("there are no alerts; `parallax alert add NAME QUERY` saves one");
    }
    Destination::Standard.write(|out| alerts.iter().try_for_each(|alert| describe(archive, alert, out)))?;
    Ok(Outcome::Complete)
}

fn describe(archive: &Archive, alert: &Alert, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}: {}", alert.name, alert.query)?;
    let deliveries = archive.deliveries(&alert.name, LISTED)?;
    for receiver in &alert.receivers {
        let own: Vec<&Delivery> =
            deliveries.iter().filter(|delivery| delivery.receiver == *receiver).collect();
        let count = |state| own.iter().filter(|delivery| delivery.state == state).count();
        let counts: Vec<String> = [DeliveryState::Delivered, DeliveryState::Waiting, DeliveryState::Failed]
            .into_iter()
            .map(|state| format!("{} {}", count(state), state.word()))
            .collect();
        writeln!(out, "  to {}: {}", name(receiver), counts.join(", "))?;
        if let Some((delivery, problem)) = own.iter().find_map(|d| Some((d, d.problem.as_deref()?))) {
            writeln!(out, "    after {} tries: {problem}", delivery.tries)?;
        }
    }
    Ok(())
}

fn name(receiver: &Receiver) -> String {
    match receiver {
        Receiver::Exec { program, arguments } => {
            [std::slice::from_ref(program), arguments].concat().join(" ")
        }
        Receiver::Webhook { url, .. } => url.clone(),
    }
}

fn test(archive: &Archive, name_of_alert: &str, manners: &Manners) -> anyhow::Result<Outcome> {
    let alert = archive.alert(name_of_alert)?;
    if alert.receivers.is_empty() {
        bail!("{name_of_alert} tells nobody: it has neither --exec nor --webhook");
    }
    let query: Query = alert.query.parse().context("the query was not understood")?;
    let events = archive.newest_events(LISTED)?;
    let mut last = Vec::new();
    for event in events {
        if alerts::is_found(archive, &query, &event)? {
            let news = told(archive, &event)?;
            last.push((event, news));
            break;
        }
    }
    let message = Message::trial(&alert.name, &alert.query, &last);
    let fetcher = Fetcher::new(manners.policy());
    let mut outcome = Outcome::Complete;
    for receiver in &alert.receivers {
        match tell_once(receiver, &alert.name, &message, &fetcher) {
            Ok(()) => say(&format!("{}: has it", name(receiver))),
            Err(problem) => {
                say(&problem);
                outcome = Outcome::Partial;
            }
        }
    }
    Ok(outcome)
}

/// Looks through what is new in the archive, tells what alerts find, and says which receivers failed.
pub(super) fn look_and_tell(ingest: &mut Ingest, courier: &mut Courier) -> anyhow::Result<()> {
    alerts::look(ingest, Timestamp::now())?;
    complain(&courier.finish(ingest, PATIENCE)?);
    Ok(())
}

/// Says which receivers failed.
pub(super) fn complain(told: &[Delivery]) {
    for delivery in told {
        if let Some(problem) = &delivery.problem {
            let next = match delivery.state {
                DeliveryState::Failed => "given up".to_owned(),
                _ => format!("tried again after {}", delivery.due.strftime("%H:%M UTC")),
            };
            say(&format!("alert {}: {problem}; {next}", delivery.alert));
        }
    }
}
