import Runtime
import TestSupport
import Testing

/// Goal: what a proxy says is understood however it is cut into pieces, and nothing that it says is more
/// than a refusal.
/// Method: the pure state machine is told every prefix in turn; then bytes from fixed seeds.
@Suite("Dialogue with a proxy")
struct ProxyDialogueTests {
    /// What is done until the end, when all of `bytes` comes in pieces of `step` bytes.
    private func actions(
        _ bytes: [UInt8], isSOCKS: Bool, step: Int
    ) -> (actions: [ProxyDialogue.Action], left: Int) {
        var dialogue = ProxyDialogue(isSOCKS: isSOCKS)
        var actions: [ProxyDialogue.Action] = []
        var held: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            held += rest.prefix(step)
            rest = rest.dropFirst(step)
            pieces: while true {
                // SAFETY: the array outlives the span.
                let action = unsafe dialogue.receive(held.span.bytes)
                switch action {
                case .wait: break pieces
                case .authenticate(let consumed), .request(let consumed):
                    actions.append(action)
                    held.removeFirst(consumed)
                case .established(let consumed):
                    actions.append(action)
                    return (actions, held.count - consumed + rest.count)
                case .refused:
                    actions.append(action)
                    return (actions, held.count + rest.count)
                }
            }
        }
        return (actions, held.count)
    }

    @Test("SOCKS5 goes on step by step", arguments: [1, 2, 3, 7, 100])
    func socks(step: Int) {
        let plain = actions([5, 0, 5, 0, 0, 1, 9, 9, 9, 9, 1, 2], isSOCKS: true, step: step)
        #expect(plain.actions == [.request(consumed: 2), .established(consumed: 10)])
        #expect(plain.left == 0)
        let named = actions(
            [5, 2, 1, 0, 5, 0, 0, 3, 2, 65, 66, 1, 2], isSOCKS: true, step: step)
        #expect(
            named.actions == [
                .authenticate(consumed: 2), .request(consumed: 2), .established(consumed: 9),
            ])
        let ipv6 = actions(
            [5, 0, 5, 0, 0, 4] + [UInt8](repeating: 0, count: 18), isSOCKS: true, step: step)
        #expect(ipv6.actions.last == .established(consumed: 22))
    }

    @Test(
        "SOCKS5 refusals have a reason",
        arguments: [
            ([5, 0xFF], .proxyAuthentication), ([4, 0], .proxyAnswerInvalid),
            ([5, 1], .proxyAnswerInvalid), ([5, 2, 1, 1], .proxyAuthentication),
            ([5, 2, 5, 0], .proxyAnswerInvalid),
            ([5, 0, 5, 5, 0, 1, 0, 0, 0, 0, 0, 0], .proxyRefused),
            ([5, 0, 5, 0, 0, 2, 0, 0], .proxyAnswerInvalid),
            ([5, 0, 4, 0, 0, 1, 0, 0], .proxyAnswerInvalid),
        ] as [([UInt8], ExchangeFault)])
    func socksRefusals(bytes: [UInt8], fault: ExchangeFault) {
        #expect(actions(bytes, isSOCKS: true, step: 1).actions.last == .refused(fault))
        #expect(actions(bytes, isSOCKS: true, step: 100).actions.last == .refused(fault))
    }

    @Test(
        "CONNECT is accepted by any 2xx, and what follows the head is left",
        arguments: [1, 5, 1_000])
    func connect(step: Int) {
        let head = "HTTP/1.0 200 Connection established\r\nVia: x\r\n\r\n"
        let result = actions(Array((head + "rest").utf8), isSOCKS: false, step: step)
        #expect(result.actions == [.established(consumed: head.utf8.count)])
        #expect(result.left == 4)
        let interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n"
        let late = actions(Array((interim + head + "rest").utf8), isSOCKS: false, step: step)
        #expect(late.actions == [.established(consumed: (interim + head).utf8.count)])
        #expect(late.left == 4)
        let bare = actions(Array("HTTP/1.1 204\r\n\r\n".utf8), isSOCKS: false, step: step)
        #expect(bare.actions == [.established(consumed: 16)])
    }

    @Test(
        "CONNECT refusals have a reason",
        arguments: [
            ("HTTP/1.1 407 Who?\r\n\r\n", .proxyAuthentication),
            ("HTTP/1.1 502 Bad\r\n\r\n", .proxyRefused),
            ("HTTP/1.1 302 Go\r\n\r\n", .proxyRefused),
            ("HTTP/1.1 101 Switch\r\n\r\n", .proxyAnswerInvalid),
            ("HTTP/1.1 100 Wait\r\n\r\nHTTP/1.1 407 Who?\r\n\r\n", .proxyAuthentication),
            ("HTTP/2.0 200 OK\r\n\r\n", .proxyAnswerInvalid),
            ("HTTP/1.1 2x0 OK\r\n\r\n", .proxyAnswerInvalid),
            ("HTTP/1.1 2000 OK\r\n\r\n", .proxyAnswerInvalid), ("\r\n\r\n", .proxyAnswerInvalid),
            ("HTTP/1.1 200 OK" + String(repeating: "x", count: 9_000), .proxyAnswerInvalid),
        ] as [(String, ExchangeFault)])
    func connectRefusals(text: String, fault: ExchangeFault) {
        #expect(
            actions(Array(text.utf8), isSOCKS: false, step: 1_000).actions == [.refused(fault)])
    }

    @Test("No bytes make it consume more than there is", arguments: [UInt64(1), 2, 3, 4])
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let samples: [[UInt8]] = [
            [5, 0, 5, 0, 0, 1, 9, 9, 9, 9, 1, 2], [5, 2, 1, 0, 5, 0, 0, 3, 2, 65, 66, 1, 2],
            Array("HTTP/1.1 200 OK\r\nA: b\r\n\r\nrest".utf8),
        ]
        var endings = 0
        for _ in 0..<20_000 {
            var bytes = samples[Int.random(in: 0..<samples.count, using: &generator)]
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            }
            let isSOCKS = Bool.random(using: &generator)
            let whole = actions(bytes, isSOCKS: isSOCKS, step: 100)
            let inPieces = actions(bytes, isSOCKS: isSOCKS, step: 1)
            #expect(whole.actions == inPieces.actions)
            #expect(whole.left >= 0)
            if !whole.actions.isEmpty { endings += 1 }
        }
        #expect(endings > 5_000)
    }
}
