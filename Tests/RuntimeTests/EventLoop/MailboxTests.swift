import Glibc
import Runtime
import Testing

@Suite("Mailbox")
struct MailboxTests {
    private func isReadable(_ descriptor: Int32) -> Bool {
        var interest = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&interest, 1, 0) == 1
    }

    @Test("Messages come out in order, all at once, and wake the owner once")
    func order() throws {
        let box = Mailbox<Int>(wakeup: try WakeupDescriptor())
        #expect(!isReadable(box.descriptor))
        box.post(1)
        box.post(2)
        #expect(isReadable(box.descriptor))
        var batch: [Int] = []
        box.drain(into: &batch)
        #expect(batch == [1, 2])
        #expect(!isReadable(box.descriptor))
        batch = []
        box.post(3)
        #expect(isReadable(box.descriptor))
        box.drain(into: &batch)
        #expect(batch == [3])
    }

    @Test("Nothing posted from many threads is lost")
    func manyThreads() async throws {
        let box = Mailbox<Int>(wakeup: try WakeupDescriptor())
        await withTaskGroup { group in
            for sender in 0..<8 {
                group.addTask { for number in 0..<1000 { box.post(sender * 1000 + number) } }
            }
        }
        var batch: [Int] = []
        box.drain(into: &batch)
        #expect(batch.sorted() == Array(0..<8000))
    }
}
