internal import Synchronization

/// Messages for one thread, posted from any other. Nothing else crosses threads while traffic
/// flows.
package final class Mailbox<Message: Sendable>: Sendable {
    private let pending = Mutex<[Message]>([])
    private let wakeup: WakeupDescriptor

    /// - Parameter wakeup: Belongs to this box alone.
    package init(wakeup: consuming WakeupDescriptor) { self.wakeup = wakeup }

    /// For the owner's epoll: readable while messages may wait.
    package var descriptor: Int32 { wakeup.descriptor }

    /// Adds a message and wakes the owner if it may be asleep.
    ///
    /// Only the message that makes the box non-empty writes to the eventfd: a burst costs one
    /// system call.
    package func post(_ message: Message) {
        let wasEmpty = pending.withLock { messages in
            messages.append(message)
            return messages.count == 1
        }
        if wasEmpty { wakeup.signal() }
    }

    /// Moves all messages into `batch`, which must be empty and keeps its capacity.
    ///
    /// The signal is taken back before the messages are: one that comes in between wakes the owner
    /// once more for nothing, while the other order could lose it.
    package func drain(into batch: inout [Message]) {
        precondition(batch.isEmpty, "messages of the last turn were not handled")
        wakeup.acknowledge()
        pending.withLock { messages in swap(&messages, &batch) }
    }
}

/// What the control thread tells a worker.
typealias WorkerMailbox = Mailbox<WorkerMessage>

/// What the workers tell the control thread.
typealias ControlMailbox = Mailbox<ControlMessage>
