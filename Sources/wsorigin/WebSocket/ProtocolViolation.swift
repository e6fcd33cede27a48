/// The peer broke RFC 6455; it gets a Close with 1002.
struct ProtocolViolation: Error, Equatable {}
