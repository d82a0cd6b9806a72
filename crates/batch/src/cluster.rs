//! The roles of a cluster: one scheduler, and executors that it gives work to.
//!
//! Both are this program, so that all have the same kernels, and it is looked at that they do: a session says the version of the kernels of
//! the program that began it, and scheduler and executors [refuse](crate::engine::agrees) another; an executor begins a session of its own
//! when it starts, and ends where the scheduler refuses that.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use ballista_core::ConfigProducer;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::{default_config_producer, default_session_builder};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::SessionBuilder;
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::{SchedulerConfig, TaskDistributionPolicy};
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use tokio::net::TcpListener;

use crate::engine::{Engine, Versioned, agrees, functions};

/// Most bytes of a message between the machines: plans that name many files are large.
const LARGEST_MESSAGE: u32 = 256 << 20;

/// How a scheduler runs.
#[derive(Debug, Clone)]
pub struct Scheduler {
    /// Where it listens; port 0 is any free one.
    pub listen: SocketAddr,
    /// An executor that was not heard of for so many seconds is lost, and its work is done again.
    pub patience: u64,
}

/// How an executor runs.
#[derive(Debug, Clone)]
pub struct Executor {
    /// The scheduler, a host with a port.
    pub scheduler: String,
    /// The address of its own at which it listens, on free ports.
    pub listen: IpAddr,
    /// How others reach it, where that is not the address at which it listens.
    pub host: Option<String>,
    /// How many tasks it works on at once.
    pub cores: usize,
    /// Bytes of memory for what its tasks keep; the rest is spilled.
    pub memory: u64,
    /// Where it keeps what other executors fetch from it. Left out, a folder of its own that it takes away when it ends.
    pub work: Option<PathBuf>,
    /// It lets the scheduler hear of it every so many seconds.
    pub heartbeat: u64,
}

impl Scheduler {
    /// Runs until the process is ended; tells on standard output where it listens.
    pub async fn run(self) -> anyhow::Result<()> {
        let listener = TcpListener::bind(self.listen).await;
        let listener = listener.with_context(|| format!("{}: cannot listen there", self.listen))?;
        let address = listener.local_addr()?;
        let config = SchedulerConfig {
            bind_host: address.ip().to_string(),
            external_host: address.ip().to_string(),
            bind_port: address.port(),
            task_distribution: TaskDistributionPolicy::RoundRobin,
            executor_timeout_seconds: self.patience,
            expire_dead_executor_interval_seconds: (self.patience / 4).max(1),
            grpc_server_max_decoding_message_size: LARGEST_MESSAGE,
            grpc_server_max_encoding_message_size: LARGEST_MESSAGE,
            grpc_client_max_message_size: LARGEST_MESSAGE,
            override_session_builder: Some(session_builder()),
            override_config_producer: Some(config_producer()),
            ..SchedulerConfig::default()
        };
        config.validate()?;
        let cluster = BallistaCluster::new_from_config(&config).await?;
        let scheduler =
            create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config)).await?;
        println!("listening at {address}");
        Ok(start_grpc_service_with_listener(listener, scheduler).await?)
    }
}

/// Sessions on the scheduler know the kernels, and are refused to other versions of them. They begin as Ballista's own do: those that are made
/// for clients have the wrong planner here.
fn session_builder() -> SessionBuilder {
    Arc::new(|config| {
        agrees(&config, "scheduler")?;
        let state = default_session_builder(config)?;
        let mut known: Vec<_> = state.scalar_functions().values().cloned().collect();
        known.extend(functions().into_iter().map(Arc::new));
        Ok(SessionStateBuilder::new_from_existing(state).with_scalar_functions(known).build())
    })
}

/// Settings of sessions here have room for the version.
fn config_producer() -> ConfigProducer {
    Arc::new(|| default_config_producer().with_option_extension(Versioned::default()))
}

impl Executor {
    /// Runs until the process is ended.
    pub async fn run(self) -> anyhow::Result<()> {
        let own = if self.work.is_none() { Some(tempfile::tempdir()?) } else { None };
        let work = self.work.clone().or_else(|| own.as_ref().map(|own| own.path().to_owned()));
        let work = work.unwrap_or_default();
        std::fs::create_dir_all(&work).with_context(|| format!("{}: cannot be used", work.display()))?;
        let config = Arc::new(self.config(&work)?);
        tokio::select! {
            ended = start_executor_process(config) => Ok(ended?),
            refused = refused(&self.scheduler) => Err(refused),
        }
    }

    fn config(&self, work: &Path) -> anyhow::Result<ExecutorProcessConfig> {
        let Some((host, port)) = self.scheduler.rsplit_once(':') else {
            bail!("{}: a scheduler is named by its host and port, as in localhost:50050", self.scheduler);
        };
        let mut known = BallistaFunctionRegistry::default();
        let kernels =
            functions().into_iter().map(|function| (function.name().to_owned(), Arc::new(function)));
        known.scalar_functions.extend(kernels);
        let spill = work.to_owned();
        Ok(ExecutorProcessConfig {
            bind_host: self.listen.to_string(),
            external_host: Some(self.host.clone().unwrap_or_else(|| self.listen.to_string())),
            port: free_port(self.listen)?,
            grpc_port: free_port(self.listen)?,
            scheduler_host: host.to_owned(),
            scheduler_port: port.parse().with_context(|| format!("{port}: no port"))?,
            scheduler_connect_timeout_seconds: 60,
            vcores: self.cores,
            memory_pool_size: Some(self.memory),
            work_dir: Some(work.display().to_string()),
            executor_heartbeat_interval_seconds: self.heartbeat,
            grpc_max_decoding_message_size: LARGEST_MESSAGE,
            grpc_max_encoding_message_size: LARGEST_MESSAGE,
            override_function_registry: Some(Arc::new(known)),
            override_config_producer: Some(config_producer()),
            override_runtime_producer: Some(Arc::new(move |config| {
                agrees(config, "executor")?;
                RuntimeEnvBuilder::new().with_temp_file_path(spill.clone()).build_arc()
            })),
            ..ExecutorProcessConfig::default()
        })
    }
}

/// A port that nobody listens at. Another program may take it before we do, which then shows as an error at the start.
fn free_port(host: IpAddr) -> anyhow::Result<u16> {
    let listener =
        std::net::TcpListener::bind((host, 0)).with_context(|| format!("{host}: cannot listen there"))?;
    Ok(listener.local_addr()?.port())
}

/// Why the scheduler refuses sessions of this program; does not end where it takes them.
async fn refused(scheduler: &str) -> anyhow::Error {
    match Engine::cluster(scheduler, 1, None).await {
        Err(error) if format!("{error:#}").contains("kernels") => {
            error.context(format!("{scheduler}: refused"))
        }
        _ => std::future::pending().await,
    }
}
