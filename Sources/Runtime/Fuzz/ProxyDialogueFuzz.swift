/// What must hold for anything that a proxy on the way says.
package enum ProxyDialogueFuzz {
    /// Steps of a dialogue: SOCKS5 has three answers, and each is followed by at most one refusal.
    private static let stepsMax = 8

    /// The first byte chooses the protocol; the rest comes from the proxy.
    ///
    /// - Returns: The property that does not hold, or nil.
    package static func violation(_ bytes: RawSpan) -> StaticString? {
        guard bytes.byteCount > 0 else { return nil }
        let isSOCKS = bytes.octet(at: 0) & 1 == 1
        let said = bytes.extracting(1..<bytes.byteCount)
        guard let whole = outcome(said, isSOCKS, pieceByteCount: .max) else {
            return "the dialogue does not come to an end, or takes what has not come"
        }
        for pieceByteCount in [1, 2, 3, 7, 64] {
            guard let pieces = outcome(said, isSOCKS, pieceByteCount: pieceByteCount) else {
                return "in pieces the dialogue does not come to an end"
            }
            guard pieces == whole else { return "in pieces the dialogue ends differently" }
        }
        return nil
    }

    /// What was done, and how many bytes were taken by then.
    private struct Outcome: Equatable {
        var messageCount = 0
        var takenByteCount = 0
        var last = ProxyDialogue.Action.wait
    }

    /// Plays the dialogue as the loop does, with so many bytes more at a time.
    private static func outcome(
        _ said: RawSpan, _ isSOCKS: Bool, pieceByteCount: Int
    ) -> Outcome? {
        var dialogue = ProxyDialogue(isSOCKS: isSOCKS)
        var outcome = Outcome()
        var end = 0
        while true {
            end = pieceByteCount < said.byteCount - end ? end + pieceByteCount : said.byteCount
            for step in 0... {
                guard step < stepsMax else { return nil }
                let heard = said.extracting(outcome.takenByteCount..<end)
                outcome.last = dialogue.receive(heard)
                switch outcome.last {
                case .wait: break
                case .authenticate(let consumed), .request(let consumed):
                    guard consumed > 0, consumed <= heard.byteCount else { return nil }
                    outcome.messageCount += 1
                    outcome.takenByteCount += consumed
                    continue
                case .established(let consumed):
                    guard consumed > 0, consumed <= heard.byteCount else { return nil }
                    outcome.takenByteCount += consumed
                    return outcome
                case .refused: return outcome
                }
                break
            }
            if end == said.byteCount { return outcome }
        }
    }
}
