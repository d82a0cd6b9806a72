//! The handshake: what takes part in a session says the version of its kernels, and refuses another by name.

use std::any::Any;

use datafusion::common::config_err;
use datafusion::common::plan_err;
use datafusion::config::{ConfigEntry, ConfigExtension, ExtensionOptions};
use datafusion::error::Result;
use datafusion::prelude::SessionConfig;

use crate::kernels;

/// The version of the kernels of whoever began a session. It travels with the settings of the session.
#[derive(Debug, Clone, Default)]
pub struct Versioned {
    kernels: Option<String>,
}

/// The settings of a session that this program begins.
pub fn versioned(config: SessionConfig) -> SessionConfig {
    config.with_option_extension(Versioned { kernels: Some(kernels::version()) })
}

/// Whether a session was begun by a program with the kernels of this one; `role` is what this one is.
pub fn agrees(config: &SessionConfig, role: &str) -> Result<()> {
    let ours = kernels::version();
    let theirs =
        config.options().extensions.get::<Versioned>().and_then(|versioned| versioned.kernels.as_deref());
    match theirs {
        Some(theirs) if theirs == ours => Ok(()),
        Some(theirs) => {
            plan_err!("this {role} has kernels {ours}, but the session was begun by kernels {theirs}")
        }
        None => {
            plan_err!("this {role} has kernels {ours}, but the session does not say which it was begun by")
        }
    }
}

impl ConfigExtension for Versioned {
    const PREFIX: &'static str = "parallax";
}

impl ExtensionOptions for Versioned {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn cloned(&self) -> Box<dyn ExtensionOptions> {
        Box::new(self.clone())
    }

    fn set(&mut self, key: &str, value: &str) -> Result<()> {
        if key != "kernels" {
            return config_err!("parallax.{key} is no setting");
        }
        self.kernels = Some(value.to_owned());
        Ok(())
    }

    fn entries(&self) -> Vec<ConfigEntry> {
        let description = "The version of the kernels of the program that began the session";
        vec![ConfigEntry { key: "parallax.kernels".to_owned(), value: self.kernels.clone(), description }]
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[test]
    fn the_same_kernels_agree_and_others_are_named() {
        assert!(agrees(&versioned(SessionConfig::new()), "scheduler").is_ok());
        let mut other = SessionConfig::new().with_option_extension(Versioned::default());
        assert!(agrees(&other, "scheduler").unwrap_err().to_string().contains("does not say"));
        other.options_mut().set("parallax.kernels", "0.9").unwrap();
        let refusal = agrees(&other, "executor").unwrap_err().to_string();
        assert!(refusal.contains("kernels 0.9") && refusal.contains(&kernels::version()), "{refusal}");
    }

    #[test]
    fn the_version_travels_as_a_setting() {
        let config = versioned(SessionConfig::new());
        let entry = config.options().entries().into_iter().find(|entry| entry.key == "parallax.kernels");
        assert_eq!(entry.unwrap().value, Some(kernels::version()));
    }
}
