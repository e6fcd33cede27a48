import Glibc
import Runtime

/// Answers A and AAAA queries on a loopback port (RFC 1035), when told to, on the test's own
/// thread.
final class FakeNameServer {
    /// What a name has; an unknown name does not exist.
    struct Entry {
        var ipv4: [[UInt8]] = []
        var ipv6: [[UInt8]] = []
        var ttlSeconds: UInt32 = 60
    }

    var entries: [String: Entry] = [:]
    /// Names of the queries that were answered.
    private(set) var asked: [String] = []
    /// Whether to answer SERVFAIL whatever is asked.
    var isBroken = false
    /// Whether to answer nothing that is asked about IPv6, as some old firewalls do.
    var ignoresIPv6 = false
    let address: SocketAddress
    private let descriptor: Int32

    init() {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var local = sockaddr_in()
        local.sin_family = sa_family_t(AF_INET)
        local.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = descriptor
        let isBound = unsafe withUnsafeMutablePointer(to: &local) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(socket, generic, byteCount) == 0
                    && getsockname(socket, generic, &byteCount) == 0
            }
        }
        precondition(isBound, "no loopback port")
        address = SocketAddress(ipv4: 0x7F00_0001, port: UInt16(bigEndian: local.sin_port))
    }

    deinit { close(descriptor) }

    /// Answers all queries that have come. Waits for one up to ten seconds, or for none if `other`,
    /// a descriptor of the resolver, becomes readable first.
    func serve(orUntilReadable other: Int32) {
        var interests = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: other, events: Int16(POLLIN), revents: 0),
        ]
        unsafe poll(&interests, 2, 10_000)
        var room = [UInt8](repeating: 0, count: 512)
        while true {
            var peer = sockaddr_storage()
            var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let socket = descriptor
            unsafe withUnsafeMutablePointer(to: &peer) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    let count = unsafe recvfrom(
                        socket, &room, room.count, Int32(MSG_DONTWAIT), generic, &byteCount)
                    guard count > 12 else {
                        byteCount = 0
                        return
                    }
                    guard let answer = self.answer(to: Array(room.prefix(count))) else { return }
                    unsafe sendto(socket, answer, answer.count, 0, generic, byteCount)
                }
            }
            if byteCount == 0 { return }
        }
    }

    private func answer(to query: [UInt8]) -> [UInt8]? {
        var labels: [String] = []
        var offset = 12
        while query[offset] != 0 {
            let end = offset + 1 + Int(query[offset])
            labels.append(String(decoding: query[offset + 1..<end], as: UTF8.self))
            offset = end
        }
        let wantsIPv6 = query[offset + 2] == 28
        if wantsIPv6, ignoresIPv6 { return nil }
        let question = query[12..<offset + 5]
        let name = labels.joined(separator: ".")
        asked.append(name)
        let entry = isBroken ? nil : entries[name]
        let records = (wantsIPv6 ? entry?.ipv6 : entry?.ipv4) ?? []
        let code: UInt8 = isBroken ? 2 : entry == nil ? 3 : 0
        var answer =
            Array(query[0..<2]) + [0x81, 0x80 | code, 0, 1, 0, UInt8(records.count), 0, 0, 0, 0]
        answer += question
        for record in records {
            answer += [0xC0, 12, 0, wantsIPv6 ? 28 : 1, 0, 1]
            answer += [24, 16, 8, 0].map {
                UInt8(truncatingIfNeeded: (entry?.ttlSeconds ?? 0) >> $0)
            }
            answer += [0, UInt8(record.count)] + record
        }
        return answer
    }
}
