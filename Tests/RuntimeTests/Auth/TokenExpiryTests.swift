import Runtime
import Testing

@Suite("The end of a token")
struct TokenExpiryTests {
    @Test("A time and a code go in and come out")
    func contents() {
        let expiry = TokenExpiry(at: 1_234_567_890_123, closeCode: CloseCode(rawValue: 4_001))
        #expect(expiry.due == 1_234_567_890_123)
        #expect(expiry.closeCode.rawValue == 4_001)
        #expect(TokenExpiry.never.due == .max)
        #expect(TokenExpiry(at: 0, closeCode: .policyViolation).due == 0)
        // Beyond a thousand years it is the last moment there is, and not soon.
        let late = TokenExpiry(at: .max, closeCode: CloseCode(rawValue: 4_999))
        #expect(late.due == 1 << 48 - 2)
        #expect(late.closeCode.rawValue == 4_999)
    }

    @Test("The first of several counts, with its own code")
    func sooner() {
        let early = TokenExpiry(at: 5, closeCode: CloseCode(rawValue: 4_002))
        let late = TokenExpiry(at: 6, closeCode: CloseCode(rawValue: 4_001))
        #expect(early.sooner(late) == early)
        #expect(late.sooner(early) == early)
        #expect(TokenExpiry.never.sooner(late) == late)
        #expect(late.sooner(.never) == late)
        let same = TokenExpiry(at: 5, closeCode: CloseCode(rawValue: 4_003))
        #expect(early.sooner(same) == early)
    }
}
