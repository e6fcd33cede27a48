import Runtime
import Testing

@Suite("Places that workers ask of each other")
struct PlaceRequestsTests {
    /// The workers that are woken by a request.
    private func request(_ worker: Int, _ requests: inout PlaceRequests) -> [Int] {
        requests.request(by: worker)
        var woken: [Int] = []
        while let other = requests.markAsked(from: (woken.last ?? -1) + 1, for: worker) {
            woken.append(other)
        }
        return woken
    }

    @Test("One client goes for each that waits, wherever it is, and no more")
    func grants() {
        var requests = PlaceRequests(workerCount: 4)
        #expect(request(0, &requests) == [1, 2, 3])
        _ = request(1, &requests)
        #expect(requests.answer(to: 0) == .pending)
        let promised = [requests.promise(by: 2), requests.promise(by: 3), requests.promise(by: 2)]
        #expect(promised == [0, 1, nil])
        requests.grant(to: 0)
        requests.grant(to: 1)
        #expect(requests.answer(to: 0) == .granted)
        #expect(requests.answer(to: 1) == .granted)
    }

    @Test("Who waits longest goes first, whichever worker that is")
    func oldest() {
        var requests = PlaceRequests(workerCount: 3)
        _ = request(2, &requests)
        _ = request(1, &requests)
        let first = requests.promise(by: 0)
        #expect(first == 2)
        let second = requests.promise(by: 0)
        #expect(second == 1)
    }

    /// Goal: a worker that looks at the room between the two does not take the place for taken by somebody else.
    @Test("A place is not granted before it is free, and not to who waits no longer")
    func promised() {
        var requests = PlaceRequests(workerCount: 3)
        _ = request(0, &requests)
        let promised = requests.promise(by: 1)
        #expect(promised == 0)
        requests.noteLooked(by: 1)
        requests.noteLooked(by: 2)
        #expect(requests.answer(to: 0) == .pending)
        let again = requests.promise(by: 2)
        #expect(again == nil)
        requests.grant(to: 0)
        #expect(requests.answer(to: 0) == .granted)
        _ = request(0, &requests)
        _ = requests.promise(by: 1)
        requests.withdraw(by: 0)
        requests.grant(to: 0)
        _ = request(0, &requests)
        #expect(requests.answer(to: 0) == .pending)
    }

    @Test("A worker is woken once, until it has looked")
    func wakesOnce() {
        var requests = PlaceRequests(workerCount: 3)
        #expect(request(0, &requests) == [1, 2])
        #expect(request(0, &requests).isEmpty)
        #expect(request(1, &requests) == [0])
        requests.noteLooked(by: 2)
        #expect(request(0, &requests) == [2])
        let promised = requests.promise(by: 0)
        #expect(promised == 1)
        requests.withdraw(by: 0)
        // Finding nobody who waits is having looked.
        let more = requests.promise(by: 1)
        #expect(more == nil)
        #expect(request(0, &requests) == [1])
    }

    @Test("When all others have looked since and have none, there is nobody")
    func nobody() {
        var requests = PlaceRequests(workerCount: 3)
        requests.noteLooked(by: 1)
        _ = request(0, &requests)
        requests.noteLooked(by: 1)
        #expect(requests.answer(to: 0) == .pending)
        requests.noteLooked(by: 2)
        #expect(requests.answer(to: 0) == .nobody)
        _ = request(0, &requests)
        #expect(requests.answer(to: 0) == .pending)
    }

    @Test("A worker lets none go for itself, nor for one that waits no longer")
    func withdrawn() {
        var requests = PlaceRequests(workerCount: 2)
        _ = request(0, &requests)
        let own = requests.promise(by: 0)
        #expect(own == nil)
        requests.withdraw(by: 0)
        let late = requests.promise(by: 1)
        #expect(late == nil)
    }
}
