//! Connections that give up on peers that make no progress.
//!
//! A peer that sends a request letter by letter, or takes its answer drop by drop, holds a socket and no thread. It gets a minute and a half from one
//! answer to the next, and half a minute to take what was written; then it is cut off. So slow peers stop nobody, and are not kept for ever.

use std::future::Future;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

use super::site::Site;

/// How long a peer may take for its next request, all of it.
const TO_ASK: Duration = Duration::from_secs(90);
/// How long a peer may take nothing of what was written.
const TO_TAKE: Duration = Duration::from_secs(30);
/// Connections at a time; further ones wait to be accepted.
const MOST: usize = 2048;

/// Accepts connections with limited patience.
pub(crate) struct PatientListener {
    listener: TcpListener,
    places: Arc<Semaphore>,
    site: Arc<Site>,
}

/// The address of the one who asks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Connected<IncomingStream<'_, PatientListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, PatientListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// A connection with limited patience.
pub(crate) struct Patient {
    stream: TcpStream,
    limit: Pin<Box<Sleep>>,
    is_writing: bool,
    site: Arc<Site>,
    _place: OwnedSemaphorePermit,
}

impl PatientListener {
    pub(crate) fn new(listener: TcpListener, site: Arc<Site>) -> Self {
        Self { listener, places: Arc::new(Semaphore::new(MOST)), site }
    }
}

impl Listener for PatientListener {
    type Io = Patient;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Patient, SocketAddr) {
        loop {
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else { continue };
            // The listener of axum waits out what is wrong for a moment, as a lack of file handles.
            let (stream, address) = Listener::accept(&mut self.listener).await;
            let _ = stream.set_nodelay(true);
            self.site.metrics.connections.inc();
            let site = Arc::clone(&self.site);
            let limit = Box::pin(sleep(TO_ASK));
            return (Patient { stream, limit, is_writing: false, site, _place: place }, address);
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Drop for Patient {
    fn drop(&mut self) {
        self.site.metrics.connections.dec();
    }
}

impl Patient {
    fn wait(&mut self, patience: Duration) {
        self.limit.as_mut().reset(Instant::now() + patience);
    }

    /// What came of a write: progress gives the peer time again; none starts its time.
    fn settle<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.is_writing = false;
            self.wait(TO_ASK);
            return written;
        }
        if !self.is_writing {
            self.is_writing = true;
            self.wait(TO_TAKE);
        }
        self.give_up(cx)
    }

    fn give_up<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        match self.limit.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(cx, into);
        // What a peer sends gives it no more time: only a whole request, which is answered, does.
        if !self.limit.is_elapsed() && read.is_ready() { read } else { self.give_up(cx) }
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.settle(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.settle(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
