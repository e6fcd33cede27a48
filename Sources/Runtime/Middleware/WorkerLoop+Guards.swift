import RouteTable
import TableFormat

/// The steps that a request takes before it is sent on or answered.
extension WorkerLoop {
    /// The program of a request that matching has placed.
    mutating func guardProgram(
        for outcome: MatchOutcome, in table: borrowing LoadedTable
    ) -> GuardProgram {
        switch outcome {
        case .forward(let route?, _): return table.guardProgram(of: route)
        case .redirect(let route), .respond(let route): return table.guardProgram(of: route)
        case .forward(nil, _):
            guard let host = tables[requestTable].matcher.hostRuleIndex() else { return .empty }
            return table.guardProgram(ofHostRule: host)
        case .notFound, .refused, .tooExpensive: return .empty
        }
    }

    /// Takes the steps from `place` on, and then does what matching said.
    mutating func takeGuardSteps(
        _ request: GuardedRequest, _ program: GuardProgram, from place: UInt32,
        _ generation: TableGeneration
    ) {
        guards.program = program
        guards.next = place
        while guards.next < program.count {
            let step = generation.table.guardStep(guards.next, of: program)
            guards.next += 1
            switch take(step, request, generation) {
            case .pass: continue
            case .answer(let answer):
                let request = withoutTokens(request, program, generation)
                return answerHere(request.slot, request.head, end: request.end, answer)
            case .suspended: return
            }
        }
        let request = withoutTokens(request, program, generation)
        guard !guards.isOverflowed() else {
            return answerHere(request.slot, request.head, end: request.end, .tooLargeToForward)
        }
        serve(request, generation)
    }

    /// Takes one step.
    private mutating func take(
        _ step: GuardStep, _ request: GuardedRequest, _ generation: TableGeneration
    ) -> GuardVerdict {
        switch step.kind {
        case .ipFilter: return filter(step, request, generation)
        case .auth: return authenticate(step.policy, request, generation)
        case .headers: return changeHeaders(step, request, generation.table)
        case .cors: return checkOrigin(step, request, generation.table)
        case .rateLimit: return limitRate(step, request, generation)
        case .dynamicRoute: return pickService(step, request, generation)
        case .webSocket, .eventStream, .logging:
            preconditionFailure("a step of a kind that loading does not accept")
        }
    }

    private mutating func filter(
        _ step: GuardStep, _ request: GuardedRequest, _ generation: TableGeneration
    ) -> GuardVerdict {
        guard !generation.table.admits(clientAddress(of: request), by: step.policy) else {
            return .pass
        }
        metrics.count(.refusedByAddress)
        return .answer(
            .refused(
                GuardRefusal(
                    status: .forbidden, reason: "requests from this address are not let in",
                    fault: .addressRefused, route: request.route)))
    }

    /// Who asks, as routes see it.
    mutating func clientAddress(of request: GuardedRequest) -> ClientAddress {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<request.end)
        return unsafe clientAddress(of: request.slot, RawSpan(_unsafeBytes: received))
    }

    // MARK: What guards have asked for

    /// Has the changes to answers apply to the answer in ``writer``, which was made here.
    mutating func changeAnswer() {
        Self.rewrite(writer, byAll: guards.answerChanges, into: &guards.spare)
        takeChangedAnswer()
    }

    /// The same with the changes that an exchange has kept.
    mutating func changeAnswer(of index: UInt32) {
        guard exchanges[index].record.hasAnswerChanges else { return }
        let record = exchanges[index].record
        Self.rewrite(writer, by: record.answerChanges, into: &guards.spare)
        takeChangedAnswer()
    }

    private mutating func takeChangedAnswer() {
        precondition(!guards.spare.isOverflowed, "an answer and what guards add fit the writer")
        swap(&writer, &guards.spare)
        // The date is the writer's, not the answer's.
        writer.date = guards.spare.date
    }

    private static func rewrite(
        _ answer: borrowing ByteWriter, byAll changes: borrowing ByteWriter,
        into writer: inout ByteWriter
    ) {
        rewrite(answer, by: changes.written, into: &writer)
    }

    /// Keeps apart what is lent and what is written to.
    private static func rewrite(
        _ answer: borrowing ByteWriter, by changes: RawSpan, into writer: inout ByteWriter
    ) {
        writer.clear()
        FieldChanges.rewrite(answer.written, by: changes, into: &writer)
    }
}
