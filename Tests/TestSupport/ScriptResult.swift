internal import Foundation

/// Something that a script on another thread finds out and a test waits for.
package final class ScriptResult<Value: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var value: Value?

    package init() {}

    package func set(_ value: Value) {
        condition.lock()
        self.value = value
        condition.broadcast()
        condition.unlock()
    }

    /// Waits for it.
    ///
    /// - Throws: ``TestSupportError`` if it does not come.
    package func wait() throws -> Value {
        let deadline = Date(timeIntervalSinceNow: Deadline.usualSeconds)
        condition.lock()
        defer { condition.unlock() }
        while value == nil {
            guard condition.wait(until: deadline) else {
                throw TestSupportError("time is over: the script has found nothing out")
            }
        }
        guard let value else { throw TestSupportError("there is no value") }
        return value
    }
}
