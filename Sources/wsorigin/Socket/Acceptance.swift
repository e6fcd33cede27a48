internal import CLinux
internal import Glibc

/// What a listening socket has to give.
enum Acceptance: Equatable {
    /// A descriptor that does not block. The caller owns it.
    case connection(Int32)
    case nobodyWaits
    /// The process or the system has no descriptor or memory left.
    case exhausted

    static func next(from listener: Int32) -> Acceptance {
        while true {
            let number = clinux_accept(listener, nil, nil)
            if number >= 0 { return .connection(number) }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
            default: return .nobodyWaits
            }
        }
    }
}
