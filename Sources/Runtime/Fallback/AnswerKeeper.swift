/// What an exchange has to do with kept answers: under which key one may stand in for its own, and what there
/// is of its own so far, if that is to be kept.
struct AnswerKeeper {
    let key: AnswerKey
    /// Whether its answer may be kept: that to a HEAD has no content.
    let mayKeep: Bool
    /// Field lines, and behind them the content that has arrived.
    var bytes: [UInt8] = []
    var lineByteCount = 0
    /// Room that it has for content; 0: nothing is kept.
    var reservedByteCount = 0
    /// Given with that room.
    var order = AnswerOrder(rawValue: 0)
    /// When its answer was made, by the loop's clock.
    var born: Int64 = 0

    init(_ key: AnswerKey, mayKeep: Bool) {
        self.key = key
        self.mayKeep = mayKeep
    }
}
