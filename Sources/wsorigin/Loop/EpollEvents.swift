internal import CLinux

/// What a socket is watched for.
struct EpollEvents: OptionSet, Equatable {
    let rawValue: UInt32

    static let readable = EpollEvents(rawValue: UInt32(EPOLLIN.rawValue))
    static let writable = EpollEvents(rawValue: UInt32(EPOLLOUT.rawValue))
}
