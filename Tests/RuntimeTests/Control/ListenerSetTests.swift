import Glibc
import Runtime
import Testing

@Suite("Listener set")
struct ListenerSetTests {
    private let loopback = SocketAddress(ipv4: 0x7F00_0001, port: 0)

    private func message(_ body: () throws(StartupError) -> Void) -> String? {
        do throws(StartupError) {
            try body()
            return nil
        } catch {
            return error.message
        }
    }

    @Test("Workers share the port that the kernel chose, and count as listening on it")
    func sharedPort() throws {
        var set = ListenerSet(workerCount: 3)
        let listeners = try set.change(to: [ListenerRole(address: loopback, configPort: nil)])
        #expect(listeners.count == 3)
        let port = try #require(set.boundAddresses.first).port
        #expect(port != 0)
        for assigned in listeners {
            #expect(assigned.count == 1)
            #expect(assigned.first?.socket?.socket.address == loopback.with(port: port))
            #expect(assigned.first?.configPort == port)
        }
        #expect(Set(listeners.compactMap { $0.first?.socket?.socket.descriptor }).count == 3)
    }

    @Test("A port of the configuration replaces the one that is bound")
    func configPort() throws {
        var set = ListenerSet(workerCount: 1)
        let listeners = try set.change(to: [ListenerRole(address: loopback, configPort: 80)])
        #expect(listeners.first?.first?.configPort == 80)
    }

    @Test("What a later table still asks for stays open under its name; the rest is forgotten")
    func change() throws {
        var set = ListenerSet(workerCount: 1)
        let first = try #require(
            try set.change(to: [
                ListenerRole(address: loopback, configPort: 1),
                ListenerRole(address: loopback, configPort: 2),
            ]).first)
        let second = try #require(
            try set.change(to: [
                ListenerRole(address: loopback, configPort: 3),
                ListenerRole(address: loopback, configPort: 4),
                ListenerRole(address: loopback, configPort: 5),
            ]).first)
        #expect(second.map(\.id).prefix(2) == first.map(\.id)[...])
        #expect(second.map { $0.socket == nil } == [true, true, false])
        #expect(second.map(\.configPort) == [3, 4, 5])
        let third = try #require(
            try set.change(to: [ListenerRole(address: loopback, configPort: 6)]).first)
        #expect(third.map(\.id) == [first[0].id])
        #expect(set.boundAddresses.count == 1)
    }

    @Test("An address that another process listens on is refused, also if it shares its port")
    func inUse() throws {
        let other = try ListeningSocket(binding: loopback)
        let taken = other.address
        var set = ListenerSet(workerCount: 2)
        _ = try set.change(to: [ListenerRole(address: loopback, configPort: nil)])
        let before = set.boundAddresses
        let refusal = message { () throws(StartupError) in
            _ = try set.change(to: [ListenerRole(address: taken, configPort: nil)])
        }
        #expect(refusal == "cannot listen on \(taken.description): address in use")
        #expect(set.boundAddresses == before)
        #expect(other.descriptor >= 0)
    }

    @Test("The same address twice is refused")
    func twice() {
        let address = loopback.with(port: 1)
        var set = ListenerSet(workerCount: 1)
        let refusal = message { () throws(StartupError) in
            let role = ListenerRole(address: address, configPort: nil)
            _ = try set.change(to: [role, role])
        }
        #expect(refusal == "the listener \(address.description) is there twice")
        #expect(set.boundAddresses.isEmpty)
    }

    @Test("All addresses means IPv4 as well")
    func dualStack() throws {
        let socket = try ListeningSocket(binding: .any(port: 0))
        let client = Glibc.socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(client) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = socket.address.port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(client, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #expect(status == 0)
    }

    @Test(
        "Listen options are an address, and perhaps a port that it stands for",
        arguments: [
            ("127.0.0.1:18080=80", "127.0.0.1:18080", 80), ("[::1]:0", "[::1]:0", nil),
            ("*:8080=443", "[::]:8080", 443), ("8080", "[::]:8080", nil),
        ] as [(String, String, UInt16?)])
    func options(text: String, address: String, configPort: UInt16?) throws {
        let option = try #require(ListenOption(parsing: text))
        #expect(option.address.description == address)
        #expect(option.configPort == configPort)
    }

    @Test(
        "What is no listen option is refused",
        arguments: [
            "", "=80", "127.0.0.1:80=", "127.0.0.1:80=0", "1.2.3.4:80=99999", "host:80",
            "1.2.3.4:80=+1",
        ])
    func badOptions(text: String) {
        #expect(ListenOption(parsing: text) == nil)
    }
}
