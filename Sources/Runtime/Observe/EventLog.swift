/// The log of everything that is not an exchange: events with a stable name and named values.
package struct EventLog: Sendable {
    let queue: LogQueue
    private let level: LogLevel
    private let format: LogFormat

    package init(queue: LogQueue, level: LogLevel, format: LogFormat) {
        self.queue = queue
        self.level = level
        self.format = format
    }

    /// Lines that were lost since the start.
    package var droppedLineTotal: UInt64 { queue.droppedLineTotal }

    /// Whether events of this level are written. Ask before making costly fields.
    package func has(_ level: LogLevel) -> Bool { level <= self.level }

    /// Writes one line, unless the level is below what is wanted. Allocates: never for each
    /// request.
    ///
    /// - Parameter event: Stable, such as `reload.refused`; what alerts and searches look for.
    package func write(_ level: LogLevel, _ event: StaticString, _ fields: EventField...) {
        write(level, event, fields)
    }

    /// The same, for fields that were put together before.
    package func write(_ level: LogLevel, _ event: StaticString, _ fields: [EventField]) {
        guard has(level) else { return }
        let line = EventLine.bytes(level, event, fields, format: format)
        // SAFETY: bytes are plain data.
        unsafe queue.append(line.span.bytes, isUrgent: level <= .notice)
    }
}
