//! The reader from request to answer, without a socket.

mod desk;
mod gates;
