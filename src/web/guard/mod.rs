//! What every request passes before it is answered, from the outside in: it is counted, must come to this server by name, may take only so long, must show
//! the token where there is one, must come from our own pages where it changes something, and not too often.

mod account;
mod headers;
mod host;
mod rate;
mod seal;
mod token;

pub(crate) use account::{account, broke};
pub(crate) use headers::dress;
pub(crate) use host::own_host;
pub(crate) use rate::{Limiter, limit};
pub(crate) use seal::{Seal, own_page};
pub(crate) use token::{sign_in, token_shown};
