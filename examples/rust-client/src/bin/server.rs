//! Starts the server: `cargo run --bin server`.

use parcel_client::server;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8090").await?;
    server::serve(listener, server::Requests::default()).await
}
