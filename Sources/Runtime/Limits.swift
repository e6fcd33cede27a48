import RouteTable

/// The bounds of one worker. Each says why it is what it is.
enum Limits {
    /// Bytes taken from a socket in one call. Larger reads cost cache, smaller ones system calls.
    static let readBytesMax = 65_536

    /// The same for a tunnel in the midst of much more: each call that the kernel has to make for the other
    /// side wakes it up, so a fourth of them costs half. Fits the largest block with what was kept before.
    static let bulkReadBytes = 245_760

    /// Bytes taken in one call at the least, whatever `buffer_size` says.
    static let readBytesMin = 2_048

    /// What `buffer_size` makes of ``readBytesMax``.
    static func readBytes(for settings: RuntimeSettings) -> Int {
        min(readBytesMax, max(readBytesMin, Int(settings.bufferBytesMax)))
    }

    /// Room in front of what was read, for a chunk-size line; and behind it, for the line break.
    static let framingRoomBytes = 64

    /// Connections of one worker, both sides counted. Bounds the address space of the slab; memory is
    /// taken only for slots that were used.
    static let connectionsMax = 1 << 18

    /// Events taken from the kernel in one turn: enough to amortise the call, few enough to keep a turn short.
    static let eventsPerTurnMax = 512

    /// Connections accepted in one turn for each listener, so that a flood of new clients can't starve
    /// those that are there.
    static let acceptsPerTurnMax = 64

    /// Full reads of one connection in one turn, before it has to wait for the others.
    static let readsPerTurnMax = 4

    /// Field lines of one head. The parser refuses more with 431.
    static let fieldsMax = 128

    /// Bytes of all changes that guards make to one head, names and values together.
    static let fieldChangeBytesMax = 16_384

    /// Bytes of all claims of one token that guards look at.
    static let claimBytesMax = 16_384

    /// Bytes of a path that an access line shows.
    static let loggedPathBytesMax = 1_024

    /// Slots that are looked at in one turn for what the control thread asks about streams.
    static let streamsPerTurnMax: UInt32 = 512

    /// Addresses of one endpoint that are tried in turn.
    static let addressesPerEndpointMax = 16

    /// A closing connection whose peer still sends is read and dropped for this long, so that the
    /// answer is not lost to a reset (RFC 9112, 9.6).
    static let lingerMilliseconds: UInt64 = 2_000

    /// Most bytes that are read and dropped then: more than a kernel takes on by itself for one
    /// connection, so that a client which only finishes what it was sending gets its answer.
    static let lingerBytesMax: UInt32 = 8 << 20

    /// What a client that owes content must send in each three times of `header_timeout`: less is no slow
    /// path but somebody who holds a connection to the upstream for the price of a trickle.
    static let contentWindowBytesMin: UInt64 = 2_048

    /// A client that has asked for nothing for so long may be closed where there is no room for others.
    /// Long enough for a handshake and a head over a slow path.
    static let evictableMilliseconds: UInt64 = 1_000

    /// The same for a client that has not sent anything at all: who connects has something to say.
    static let silentMilliseconds: UInt64 = 250

    /// The same where all are so young: what a client says first comes right behind its connection, so only a packet
    /// that was lost makes it later. Turning away who comes would be turning away who has spoken by then.
    static let silentMillisecondsMin: UInt64 = 25

    /// Clients that are closed for one that comes: another worker may take the place that one has left.
    static let evictionsPerClientMax = 8

    /// A client for whom there is no room waits so long for other workers to look for an idle one: longer than a turn
    /// of theirs takes, also where they have to wait for a processor. Where all have looked in vain, it is turned away
    /// at once; where one does not come to it, those behind the client wait as long, so it is not longer still.
    static let placeWaitMillisecondsMax: UInt64 = 1_000

    /// So long they are not asked again after that.
    static let placePauseMilliseconds: UInt64 = 10

    /// Descriptors that the process needs for itself, beside those that are open before it serves, and those of its
    /// tables and workers: logs, name servers, clients of the admin listener, and the files of another table.
    static let ownDescriptors = 20

    /// Those of a worker, beside its listeners: epoll, its mailbox, a reserve.
    static let descriptorsPerWorker = 4

    /// Slots that are looked at for such a client, before a new one is turned away.
    static let evictionScanMax: UInt32 = 4_096

    /// Bytes of held requests that are looked at first. A larger head is looked at whole then.
    static let heldWindowBytes = 2_048

    /// Pings are due at multiples of this, or of a 32nd of their interval if that is less.
    static let pingPaceMilliseconds: UInt64 = 250

    /// How long the answer to a Close frame of ours is waited for.
    static let closeEchoMilliseconds: UInt64 = 5_000

    /// So long before a drain cuts what is left, Close frames no longer wait for the ends of messages.
    static let closeBeforeCutMilliseconds: UInt64 = 1_000

    /// How many times as long a frame that has begun may take to end, before a Close frame can follow it.
    static let closeProlongationsMax: UInt8 = 12

    /// Time that a password may wait and be checked in.
    static let passwordMilliseconds: UInt64 = 10_000

    /// Time that whoever is told of an alert has for an answer, unless its service has less.
    static let noticeMilliseconds: UInt64 = 5_000

    /// Time a TLS handshake may take.
    static let tlsHandshakeMilliseconds: UInt64 = 10_000

    /// TLS handshakes of clients that one worker has in progress at once. Each takes about 40 KiB
    /// until it is done. So many serve thousands of new clients a second over slow paths.
    static let handshakesPerWorkerMax = 256

    /// A handshake that is not done after so long loses its place where somebody waits for it.
    static let handshakeEvictableMilliseconds: UInt64 = 1_000

    /// The same where clients of other addresses wait, or more than there are places: a path over which a handshake
    /// takes longer is rare, and all who wait would have to wait as long.
    static let handshakePressedMilliseconds: UInt64 = 250

    /// Bytes of the subject of a client's certificate, as text. A head has room for it.
    static let subjectBytesMax = 4_096

    /// Bytes of a head, of either side, whatever the configuration allows: what is there of it and one
    /// more read fit the scratch buffer.
    static let headBytesMax = 61_440

    /// Size of the scratch buffer: a head that arrived in part, and a read behind it.
    static let scratchBytes = 65_536 + bulkReadBytes

    /// What follows a head and is at most this large is copied behind it, so that one piece is sent.
    static let joinedBytesMax = 1_024
    /// The same where it saves a record of TLS.
    static let joinedBytesEncryptedMax = 8_192

    /// Most bytes of a head that was rewritten: as much as one may measure, and what is added to it. An answer that is
    /// passed on whole, head and content, has no more either.
    static let writtenHeadBytesMax = 131_072

    /// Room for what is written, and for what guards do to it.
    static let writerBytes = writtenHeadBytesMax + fieldChangeBytesMax

    /// Room for field lines that are added to a request: no more than the client sent of them.
    static let extraFieldBytes = 65_536

    /// Room for a request target: base path, path, query and a redirect's text around them.
    static let targetBytes = 65_536

    /// Tables that connections may still be using, the current one included.
    static let tablesMax = 1_024

    /// What `Retry-After` says where nobody knows better, and at the most.
    static let retryAfterSecondsMin: UInt32 = 1
    static let retryAfterSecondsMax: UInt64 = 60

    /// The same where a route has as many streams as it may: they last, so there is no hurry.
    static let streamRetryAfterSeconds: UInt32 = 5

    /// How long an attempt to connect has the field for itself (RFC 8305, 5).
    static let connectionAttemptDelayMilliseconds: UInt64 = 250

    /// First health checks are spread over this time at the most.
    static let firstProbeMillisecondsMax: UInt64 = 1_000

    /// A health check whose endpoint has no address yet is tried again after this time.
    static let probePauseMilliseconds: UInt64 = 200

    /// What clients of event streams wait before they come back, where nobody says otherwise: what
    /// browsers do by themselves.
    static let eventRetryMilliseconds: UInt64 = 3_000

    /// Streams that a worker ends in a second because a reload has changed their route: fast enough to
    /// be rid of thousands in a minute, slow enough for whoever they come back to.
    static let reloadEndsPerSecondMax: UInt64 = 100

    /// Time that connecting to an address gets at the most where others wait for it: enough for a packet that was lost,
    /// which is sent again after a second.
    static let dialMillisecondsIfAwaited: UInt64 = 1_500

    /// Time that dialling one of several addresses gets at the least.
    static let dialMillisecondsMin: UInt64 = 250
}
