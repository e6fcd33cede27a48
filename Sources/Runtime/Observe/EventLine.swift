/// The bytes of one event line.
enum EventLine {
    static func bytes(
        _ level: LogLevel, _ event: StaticString, _ fields: [EventField], format: LogFormat
    ) -> [UInt8] {
        Array("\(level.name) \(event)\n".utf8)
    }
}
