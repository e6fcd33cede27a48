internal import CLinux

/// What a listening socket has to give.
enum Acceptance: Equatable {
    /// A descriptor that does not block. The caller owns it.
    case connection(Int32)
    case nobodyWaits
    /// The process or the system has no descriptor or memory left.
    case exhausted

    static func next(from listener: Int32) -> Acceptance {
        let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        while true {
            // SAFETY: accept4 writes no address when none is asked for.
            let number = unsafe accept4(listener, __SOCKADDR_ARG(), nil, flags)
            if number >= 0 { return .connection(number) }
            switch SystemError.lastNumber {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
            default: return .nobodyWaits
            }
        }
    }
}
