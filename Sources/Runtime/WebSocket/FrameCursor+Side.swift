extension FrameCursor.Sender {
    /// Who is at the other end of a connection.
    init(_ side: Connection.Side) {
        self =
            switch side {
            case .client: .client
            case .upstream: .upstream
            }
    }
}
