//! Archives that outgrow one machine: the steps of Parallax as stages over folders of Parquet.
//!
//! A [`Plan`](plan::Plan) names the table that is wanted and, with it, the [stages](stage) that lead there. Each stage reads the folders of earlier
//! ones and writes one of its own, with a [`Manifest`](manifest::Manifest) that says what it was made of. The work in a stage is done by
//! [`kernels`]: functions from Arrow arrays to Arrow arrays over [`parallax_analysis`], which know no engine. An [`Engine`](engine::Engine) runs
//! them: DataFusion in this process, or a [cluster] of Ballista's schedulers and executors. All of these give the same rows as the
//! command line gives for one file.

pub mod cluster;
pub mod engine;
pub mod kernels;
pub mod manifest;
pub mod plan;
pub mod progress;
pub mod stage;
pub mod store;
