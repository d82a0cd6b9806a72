//! The reader from request to answer, without a socket.

mod desk;
mod gates;
mod hostile;
mod pages;
mod programs;
mod writing;
