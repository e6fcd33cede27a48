/// What an event is about when it is not about a connection. Generation 0 marks these.
enum EventSource {
    case mailbox
    case listener(id: UInt32)

    init(_ token: ConnectionToken) {
        self = token.slot == .max ? .mailbox : .listener(id: token.slot)
    }

    var eventData: UInt64 {
        switch self {
        case .mailbox: ConnectionToken(slot: .max, generation: 0).eventData
        case .listener(let id): ConnectionToken(slot: id, generation: 0).eventData
        }
    }
}
