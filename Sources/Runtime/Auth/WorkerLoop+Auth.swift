import RouteTable
import TableFormat

/// Who may come in: tokens, passwords, and who else is asked.
extension WorkerLoop {
    /// Takes the step of one guard.
    mutating func authenticate(
        _ place: UInt32, _ request: GuardedRequest, _ generation: TableGeneration
    ) -> GuardVerdict {
        let policy = generation.auth.guards[Int(place)]
        if policy.tokens != nil || policy.users != nil {
            switch identify(place, policy, request) {
            case .pass: break
            case .answer(let answer): return .answer(answer)
            case .suspended: return .suspended
            }
        }
        guard let asked = policy.asked else { return .pass }
        return ask(asked, policy, request)
    }

    /// What the client says of itself: `Authorization: Basic` where there is a file of users, else a token.
    private mutating func identify(
        _ place: UInt32, _ policy: AuthGuard, _ request: GuardedRequest
    ) -> GuardVerdict {
        if policy.users != nil, let verdict = checkPassword(place, policy, request) {
            return verdict
        }
        guard policy.tokens != nil else {
            return refuse(.passwordMissing, policy, request)
        }
        do throws(TokenRefusal) {
            let wallClock = Clock.wallMilliseconds()
            let token = try verifyToken(place, policy, request, wallClock: wallClock)
            noteEnd(of: token, policy.expiredCloseCode, wallClock: wallClock)
            return .pass
        } catch {
            return refuse(.token(error), policy, request)
        }
    }

    private mutating func verifyToken(
        _ place: UInt32, _ policy: AuthGuard, _ request: GuardedRequest, wallClock: Int64
    ) throws(TokenRefusal) -> VerifiedToken {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<request.end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let finder = TokenFinder(
            bytes: bytes, query: request.head.query,
            isWebSocket: request.head.requestProtocol == .webSocket)
        let range: ByteRange
        switch finder.find(policy.sources, fields: fields) {
        case .none: throw .missing
        case .unclear: throw .malformed
        case .at(let found): range = found
        }
        let token = try tables[requestTable].auth.verify(
            bytes.octets(range), by: place, now: wallClock)
        tables[requestTable].auth.copyClaims(of: token, to: &guards.claims)
        return token
    }

    /// A stream that it lets in ends with the token, the first of several.
    private mutating func noteEnd(
        of token: VerifiedToken, _ code: CloseCode, wallClock: Int64
    ) {
        guard token.endMilliseconds != .max else { return }
        let end = now + UInt64(max(1, token.endMilliseconds - wallClock))
        guards.expires = guards.expires.sooner(TokenExpiry(at: end, closeCode: code))
    }

    // MARK: Passwords

    /// - Returns: Nil if the client says nothing of the kind.
    private mutating func checkPassword(
        _ place: UInt32, _ policy: AuthGuard, _ request: GuardedRequest
    ) -> GuardVerdict? {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<request.end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let finder = TokenFinder(bytes: bytes, query: .empty, isWebSocket: false)
        guard let users = policy.users, let field = finder.authorization(fields) else {
            return nil
        }
        guard let text = finder.afterScheme("basic", field) else { return nil }
        guard let credentials = BasicCredentials(bytes.octets(text)) else {
            return refuse(.passwordWrong, policy, request)
        }
        let digest = tables[requestTable].auth.passwords.digest(
            of: credentials.bytes, for: place)
        if tables[requestTable].auth.passwords.isKnown(digest, now: now) { return .pass }
        let (hash, isKnown) = users.hash(of: credentials.name)
        guard
            let waiting = suspend(
                request, until: now + Limits.passwordMilliseconds, orElse: .authBusy)
        else {
            return refuse(.busy, policy, request)
        }
        let answer = PasswordAnswer(
            request: waiting, table: requestTable, place: place, digest: digest,
            route: request.route)
        let question = PasswordDesk.Question(
            password: credentials.password, hash: hash, isKnown: isKnown, answer: answer,
            mailbox: mailbox)
        if !passwords.ask(question) {
            resume(waiting, refuse(.busy, policy, request))
        }
        return .suspended
    }

    /// A password was checked.
    mutating func passwordChecked(_ answer: PasswordAnswer) {
        guard isSuspended(answer.request) else { return }
        guard answer.isRight else {
            let policy = tables[answer.table].generation.auth.guards[Int(answer.place)]
            return resume(
                answer.request,
                .answer(
                    .unauthorized(
                        AuthRefusal(
                            reason: .passwordWrong, takesTokens: policy.tokens != nil,
                            takesPasswords: true, route: answer.route))))
        }
        tables[answer.table].auth.passwords.insert(answer.digest, now: now)
        // The step is taken once more, finds the password known, and goes on with what else is demanded.
        resume(answer.request, .pass, repeating: true)
    }

    private mutating func refuse(
        _ reason: AuthRefusal.Reason, _ policy: AuthGuard, _ request: GuardedRequest
    ) -> GuardVerdict {
        .answer(.unauthorized(refusal(reason, policy, request.route)))
    }

    mutating func refusal(
        _ reason: AuthRefusal.Reason, _ policy: AuthGuard, _ route: RouteIndex?
    ) -> AuthRefusal {
        AuthRefusal(
            reason: reason, takesTokens: policy.tokens != nil,
            takesPasswords: policy.users != nil, route: route)
    }

    /// Names a subprotocol in the answer in ``writer`` if the upstream has named none: a browser that has
    /// offered some takes no answer without one. `bearer` is what it has offered for the token.
    mutating func writeBearer() {
        guard !fields.contains(.secWebSocketProtocol) else { return }
        writer.truncate(to: writer.count - 2)
        writer.append("Sec-WebSocket-Protocol: bearer\r\n\r\n")
    }

    // MARK: What goes no further

    /// The request without the tokens that its guards look for: neither the upstream nor the log sees them.
    ///
    /// Comes when no guard will look any more, for one that waits is parsed and matched anew.
    mutating func withoutTokens(
        _ request: GuardedRequest, _ program: GuardProgram, _ generation: TableGeneration
    ) -> GuardedRequest {
        var head = request.head
        for place in 0..<program.count {
            let step = generation.table.guardStep(place, of: program)
            guard step.kind == .auth else { continue }
            let policy = generation.auth.guards[Int(step.policy)]
            // SAFETY: the head lies in the room, and nothing else looks at it meanwhile.
            var bytes = unsafe MutableRawSpan(
                _unsafeBytes: UnsafeMutableRawBufferPointer(
                    rebasing: scratch.room[0..<request.end]))
            if !policy.hiddenParameters.isEmpty {
                RequestCleaning.removeParameters(policy.hiddenParameters, from: &head, in: &bytes)
            }
            if policy.takesSubprotocol, head.requestProtocol == .webSocket,
                RequestCleaning.removeSubprotocolToken(from: &fields, in: &bytes)
            {
                guards.answersBearer = true
            }
        }
        return GuardedRequest(
            slot: request.slot, head: head, end: request.end, outcome: request.outcome)
    }
}
