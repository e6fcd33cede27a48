import RouteTable
import Runtime
import Testing

@Suite("Listeners of the command line")
struct ListenerRoleTests {
    private static let guarded = ListenerDescription.TLS(
        certificates: [.init(certificate: "a.crt", key: "a.key")], requiresTLS13: false,
        clientAuthority: "ca.crt", clientVerification: .require)

    private static func listener(
        _ last: UInt8, _ tls: ListenerDescription.TLS? = nil, port: UInt16 = 4433
    ) -> ListenerDescription {
        ListenerDescription(
            address: last == 0 ? [] : [127, 0, 0, last], port: port, tls: tls,
            acceptsProxyProtocol: false)
    }

    /// The place of the listener that an option stands for, or why it is refused.
    private static func place(
        _ option: String, _ listeners: [ListenerDescription]
    ) throws -> (place: Int?, refusal: String?) {
        let option = try #require(ListenOption(parsing: option))
        do throws(StartupError) {
            return (try ListenerRole.place(of: option, in: listeners), nil)
        } catch {
            return (nil, error.message)
        }
    }

    @Test("One stands for the table's listener on its port, or for none")
    func single() throws {
        let listeners = [Self.listener(3, port: 80), Self.listener(1, Self.guarded)]
        #expect(try Self.place("127.0.0.9:0=4433", listeners).place == 1)
        #expect(try Self.place("127.0.0.9:80", listeners).place == 0)
        let none = try Self.place("127.0.0.9:81", listeners)
        #expect(none.place == nil)
        #expect(none.refusal == nil)
    }

    /// Goal: who can't be told apart by the port does not get the unguarded one by the order of a file.
    @Test("Of several that differ it stands for the one with its address, or is refused")
    func several() throws {
        for listeners in [
            [Self.listener(3), Self.listener(1, Self.guarded), Self.listener(0)],
            [Self.listener(1, Self.guarded), Self.listener(0), Self.listener(3)],
        ] {
            let guarded = listeners.firstIndex { $0.tls != nil }
            #expect(try Self.place("127.0.0.1:18443=4433", listeners).place == guarded)
            let open = listeners.firstIndex(of: Self.listener(3))
            #expect(try Self.place("127.0.0.3:18443=4433", listeners).place == open)
            let all = listeners.firstIndex(of: Self.listener(0))
            #expect(try Self.place("*:18443=4433", listeners).place == all)
            let refusal = try #require(try Self.place("127.0.0.9:18443=4433", listeners).refusal)
            #expect(refusal.hasPrefix("--listen 127.0.0.9:18443=4433: the listeners on port 4433"))
            #expect(refusal.contains("127.0.0.3:4433"))
        }
    }

    @Test("Several that are spoken to alike are one")
    func alike() throws {
        let listeners = [Self.listener(1, Self.guarded), Self.listener(2, Self.guarded)]
        #expect(try Self.place("127.0.0.9:18443=4433", listeners).place == 0)
    }
}
