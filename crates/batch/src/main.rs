//! `parallax-batch`: archives of any size, on one machine or many.

use std::io::stderr;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use mimalloc::MiMalloc;
use parallax_analysis::fingerprint::NEAR_DUPLICATE;
use parallax_batch::cluster::{Executor, Scheduler};
use parallax_batch::engine::Engine;
use parallax_batch::kernels;
use parallax_batch::plan::Plan;
use parallax_batch::progress::{Done, summary};
use parallax_batch::stage::{Input, Settings};
use parallax_batch::store::Store;
use tracing_subscriber::EnvFilter;

/// The columns of a batch are large and short-lived: the system's allocator gives their pages back and takes them anew each time, which took a third
/// of the time of near-copies.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const EXAMPLES: &str = "\
Examples:
  parallax-batch run duplicates --input articles.jsonl.gz --output tables
  parallax-batch run all --input 'cc-news/2024-*.warc.gz' --output tables

  parallax-batch scheduler --listen 10.0.0.1:50050
  parallax-batch executor --scheduler 10.0.0.1:50050 --listen 10.0.0.2     on each machine
  parallax-batch run all --input articles --output /shared/tables --engine ballista --scheduler 10.0.0.1:50050

A table is a folder of Parquet files with a manifest.json. A run that was stopped goes on where it
was when it is run again. All machines of a cluster see the output folder under the same path.
RUST_LOG=info tells more.";

/// The tables of Parallax for archives of any size: quotations, near-copies, shared passages, stories, as Parquet
#[derive(Debug, Parser)]
#[command(version, about, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    role: Role,
}

#[derive(Debug, Subcommand)]
enum Role {
    /// Make tables of reports
    Run(Run),
    /// Give the work of a cluster out
    Scheduler(SchedulerRole),
    /// Do work of a cluster
    Executor(ExecutorRole),
    /// Tell the version of the kernels, which must be the same throughout a cluster
    Kernels,
}

#[derive(Debug, Args)]
struct Run {
    /// The table that is wanted
    #[arg(value_enum)]
    plan: Plan,
    /// Files, folders or patterns of reports, in any form that `parallax` reads
    #[arg(short, long, value_name = "DIR|GLOB", required = true, num_args = 1..)]
    input: Vec<String>,
    /// The folder of the tables
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Where the work is done
    #[arg(short, long, value_enum, value_name = "ENGINE", default_value_t = Kind::Local)]
    engine: Kind,
    /// The scheduler of the cluster
    #[arg(long, value_name = "HOST:PORT", required_if_eq("engine", "ballista"))]
    scheduler: Option<String>,
    /// Share of word pairs in common from which two articles are near-copies, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = NEAR_DUPLICATE)]
    threshold: f32,
    /// Most reports in a file; what is done of a stage is known by file
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = positive)]
    part: usize,
    /// Cores to work on here [default: all]; on a cluster, how many files are worked on at once
    #[arg(long, value_name = "N", value_parser = positive)]
    cores: Option<usize>,
    /// Into how many partitions a table is spread where all of its rows meet [default: one for 64 MB up to sixteen, one for 512 MB from there; in one process at least the cores]
    #[arg(long, value_name = "N", value_parser = positive)]
    partitions: Option<usize>,
    /// Memory for what joins and groups keep, in MiB; the rest is spilled into the output folder
    #[arg(long, value_name = "MIB", default_value_t = 2048, value_parser = positive)]
    memory: usize,
    /// Group up to so many pairs of near-copies in this process, more by rounds on the engine
    #[arg(long, value_name = "N", default_value_t = 20_000_000)]
    gather: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// In this process
    Local,
    /// On a cluster
    Ballista,
}

#[derive(Debug, Args)]
struct SchedulerRole {
    /// Where to listen; port 0 is any free one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    listen: SocketAddr,
    /// Take an executor for lost that was not heard of for so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    patience: u64,
}

#[derive(Debug, Args)]
struct ExecutorRole {
    /// The scheduler to work for
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    scheduler: String,
    /// The address of this machine to listen at, on free ports
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    listen: IpAddr,
    /// How other machines reach this one [default: the address]
    #[arg(long, value_name = "HOST")]
    host: Option<String>,
    /// Tasks to work on at once [default: the cores of this machine]
    #[arg(long, value_name = "N", value_parser = positive)]
    cores: Option<usize>,
    /// Memory for what tasks keep, in MiB; the rest is spilled
    #[arg(long, value_name = "MIB", default_value_t = 2048, value_parser = positive)]
    memory: usize,
    /// Where to keep what other executors fetch [default: a folder that is taken away at the end]
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
    /// Let the scheduler hear of this one every so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    heartbeat: u64,
}

fn positive(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "a whole number above 0".to_owned())
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).init();
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(cli.role.run()));
    match done {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::WithProblems) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all that was given could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Complete,
    WithProblems,
}

impl Role {
    async fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Self::Run(run) => return run.run().await,
            Self::Scheduler(role) => Scheduler { listen: role.listen, patience: role.patience }.run().await?,
            Self::Executor(role) => role.executor().run().await?,
            Self::Kernels => println!("{}", kernels::version()),
        }
        Ok(Outcome::Complete)
    }
}

impl ExecutorRole {
    fn executor(self) -> Executor {
        Executor {
            scheduler: self.scheduler,
            listen: self.listen,
            host: self.host,
            cores: self.cores.unwrap_or_else(cores),
            memory: (self.memory as u64) << 20,
            work: self.work,
            heartbeat: self.heartbeat,
        }
    }
}

impl Run {
    async fn run(self) -> anyhow::Result<Outcome> {
        let input = Input::new(&self.input)?;
        let store = Store::open(&self.output)?;
        let settings = Settings { part: self.part, threshold: self.threshold, gather: self.gather };
        let engine = self.engine(&store).await?;
        let mut stages = Vec::new();
        let told = self
            .plan
            .run(&engine, &store, &input, &settings, |done, manifest| {
                if done == Done::Now {
                    eprintln!(
                        "{}: {} rows in {:.1} s",
                        manifest.recipe.table, manifest.rows, manifest.seconds
                    );
                }
                stages.push((done, manifest.clone()));
            })
            .await;
        println!("{}", summary(&stages));
        told?;
        let is_complete = stages.iter().all(|(_, manifest)| manifest.problems == 0);
        Ok(if is_complete { Outcome::Complete } else { Outcome::WithProblems })
    }

    async fn engine(&self, store: &Store) -> anyhow::Result<Engine> {
        let cores = self.cores.unwrap_or_else(cores);
        match (self.engine, &self.scheduler) {
            (Kind::Ballista, Some(scheduler)) => {
                Engine::cluster(scheduler, self.cores.unwrap_or(FILES_AT_ONCE), self.partitions).await
            }
            _ => Engine::embedded(cores, self.partitions, self.memory << 20, &store.folder("spill")),
        }
    }
}

/// So many files are worked on at once on a cluster, unless it is said; more than its cores only wait.
const FILES_AT_ONCE: usize = 64;

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
