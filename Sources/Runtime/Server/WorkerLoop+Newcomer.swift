/// A client for whom there is no room waits, for some milliseconds, for an idle one of another worker to go. Those
/// behind it stay in the queues of the listeners meanwhile.
extension WorkerLoop {
    /// Keeps a client waiting, if the others can be asked.
    ///
    /// - Returns: The client, if it is to be turned away.
    mutating func keepWaiting(_ newcomer: consuming Newcomer) -> Newcomer? {
        guard peers.count > 1, placeWait.begin(now: now) else { return newcomer }
        self.newcomer = consume newcomer
        for place in listeners.indices { watch(place, false) }
        askForPlace()
        return nil
    }

    /// Looks again whether there is room for the client that waits, once in a millisecond. Meanwhile none of its own
    /// worker goes: one may be going elsewhere.
    mutating func continueNewcomer() {
        guard let due = placeWait.due, now >= due else { return }
        // Before the look at the room: what is granted after it would seem to be taken by somebody else.
        let answer = register.answer(to: index)
        if !connections.isFull, register.enter(bounds) { return endWait(hasPlace: true) }
        switch placeWait.next(answer, now: now) {
        case .ask: askForPlace()
        case .wait: break
        case .refuse: endWait(hasPlace: false)
        }
    }

    /// Serves the client that waits or turns it away, before the listeners become others.
    mutating func settleNewcomer() {
        guard placeWait.due != nil else { return }
        endWait(hasPlace: false)
    }

    /// - Parameter hasPlace: The client was counted. If not, one of its own worker may go for it now.
    private mutating func endWait(hasPlace: Bool) {
        placeWait.end()
        register.withdrawRequest(by: index)
        for place in listeners.indices { watch(place, true) }
        guard let client = newcomer.take() else { return }
        guard let place = listeners.firstIndex(where: { $0.id == client.listener }) else {
            preconditionFailure("a listener was closed while a client of it waited")
        }
        if hasPlace || !connections.isFull && hasRoom() {
            serve(client, onListener: place)
        } else {
            refuse(client, onListener: place)
        }
    }

    private mutating func askForPlace() {
        let peers = peers
        register.requestPlace(by: index) { peers[$0].post(.letOneGo) }
    }

    private mutating func watch(_ place: Int, _ isWatched: Bool) {
        poller.watchInput(
            listeners[place].socket.socket.descriptor,
            data: EventSource.listener(id: listeners[place].id).eventData, isWatched)
    }

    /// Closes idle clients for those who wait at other workers, one for each.
    mutating func letGoForOthers() {
        while let slot = evictable() {
            guard let other = register.promisePlace(by: index) else { return }
            evict(slot)
            register.grantPlace(to: other)
        }
        register.noteLookedForPlaces(by: index)
    }
}
