import RouteTable
import Runtime
import Testing

@Suite("Health of an endpoint")
struct EndpointHealthTests {
    private var breaker: ServicePolicy.Breaker {
        var breaker = ServicePolicy.Breaker()
        breaker.consecutiveFailures = 3
        breaker.ejectionMilliseconds = 1_000
        return breaker
    }

    /// Ejected at `now`.
    private func ejected(now: UInt64) -> EndpointHealth {
        var health = EndpointHealth()
        for _ in 0..<3 { health.fail(now: now, breaker) }
        return health
    }

    @Test("Failures in a row eject, and a success between them counts them anew")
    func consecutive() {
        var health = EndpointHealth()
        for _ in 0..<5 {
            let isEjected1 = health.fail(now: 0, breaker)
            #expect(!isEjected1)
            let isEjected2 = health.fail(now: 0, breaker)
            #expect(!isEjected2)
            health.succeed(now: 0)
        }
        #expect(health.admits(now: 0))
        let isEjected3 = health.fail(now: 0, breaker)
        #expect(!isEjected3)
        let isEjected4 = health.fail(now: 0, breaker)
        #expect(!isEjected4)
        let isEjected5 = health.fail(now: 0, breaker)
        #expect(isEjected5)
        #expect(!health.admits(now: 999))
        #expect(health.admits(now: 1_000))
    }

    @Test("Who can't be spared stays, and goes with the next failure once it can")
    func indispensable() {
        var health = EndpointHealth()
        for _ in 0..<9 { health.fail(now: 0, breaker, canBeSpared: false) }
        #expect(!health.isEjected && health.admits(now: 0))
        let isEjected = health.fail(now: 0, breaker)
        #expect(isEjected)
        #expect(!health.admits(now: 999) && health.admitsAtNeed(now: 0))
    }

    @Test("One request finds out, the others stay away; its success brings the endpoint back")
    func probing() {
        var health = ejected(now: 0)
        let findsOut6 = health.begin(now: 1_000)
        #expect(findsOut6)
        #expect(!health.admits(now: 5_000))
        health.succeed(now: 1_100)
        #expect(health.admits(now: 1_100))
        #expect(health.share(now: 1_100) < 30)
        #expect(health.share(now: 1_100 + EndpointHealth.slowStartMilliseconds) == 256)
        let findsOut7 = health.begin(now: 1_100)
        #expect(!findsOut7)
    }

    /// Goal: an outage of everything, in which each request tries, is not counted as many ejections.
    @Test("Who finds out before the time, as nothing else is left, makes no ejection longer")
    func earlyProbes() {
        var health = ejected(now: 0)
        for now: UInt64 in 1...50 {
            let findsOut = health.begin(now: now)
            let isEjected = health.fail(now: now, breaker)
            #expect(findsOut && !isEjected && health.isEjected)
            #expect(health.triedAgainFrom == 1_000)
        }
        _ = health.begin(now: 100)
        health.abandonProbe(now: 100, wasSent: false)
        #expect(health.triedAgainFrom == 1_000)
        // In its time it counts as ever.
        _ = health.begin(now: 1_000)
        let isEjected = health.fail(now: 1_000, breaker)
        #expect(isEjected && health.triedAgainFrom == 3_000)
        _ = health.begin(now: 1_500)
        health.succeed(now: 1_501)
        #expect(health.admits(now: 1_501) && !health.isEjected)
    }

    @Test("A slow request that finds out keeps others from it for ten seconds and no longer")
    func slowProbe() {
        var health = ejected(now: 0)
        let findsOut = health.begin(now: 1_000)
        #expect(findsOut)
        #expect(!health.admits(now: 10_999))
        #expect(health.admits(now: 11_000))
        let findsOutNext = health.begin(now: 11_000)
        #expect(findsOutNext)
        #expect(!health.admits(now: 11_001))
        health.succeed(now: 11_002)
        #expect(health.admits(now: 11_002))
    }

    @Test("An ejection from before the breaker was taken away comes to an end")
    func breakerTakenAway() {
        var health = ejected(now: 0)
        _ = health.begin(now: 1_000)
        let isEjected = health.fail(now: 1_001, ServicePolicy.Breaker())
        #expect(isEjected)
        #expect(health.admits(now: 1_001))
        health.forgetFailures()
        #expect(health.isUnimpaired)
        let isEjectedAgain = health.fail(now: 1_002, ServicePolicy.Breaker())
        #expect(!isEjectedAgain)
    }

    @Test("Each failed probe doubles the time, up to a limit")
    func doubling() {
        var health = ejected(now: 0)
        var now: UInt64 = 1_000
        for doubling in 1...8 {
            let findsOut8 = health.begin(now: now)
            #expect(findsOut8)
            let isEjected9 = health.fail(now: now, breaker)
            #expect(isEjected9)
            let time = UInt64(1_000) << UInt64(min(doubling, 5))
            #expect(!health.admits(now: now + time - 1))
            now += time
            #expect(health.admits(now: now))
        }
    }

    @Test("A probe that ends without a verdict leaves the next one its place")
    func abandoned() {
        var health = ejected(now: 0)
        let findsOut10 = health.begin(now: 1_000)
        #expect(findsOut10)
        health.abandonProbe(now: 1_500, wasSent: false)
        #expect(health.admits(now: 1_500))
        let findsOut11 = health.begin(now: 1_500)
        #expect(findsOut11)
    }

    @Test("A probe that its client gives up unanswered leaves the next one a second later")
    func givenUp() {
        var health = ejected(now: 0)
        _ = health.begin(now: 1_000)
        health.abandonProbe(now: 1_500, wasSent: true)
        #expect(!health.admits(now: 1_500) && !health.admits(now: 2_499))
        #expect(health.admits(now: 2_500))
        // An ejection that was to last longer does so.
        var early = ejected(now: 0)
        _ = early.begin(now: 100)
        early.abandonProbe(now: 150, wasSent: true)
        #expect(early.triedAgainFrom == 1_150)
        var long = ejected(now: 0)
        _ = long.begin(now: 1_000)
        long.fail(now: 1_000, breaker)
        _ = long.begin(now: 1_100)
        long.abandonProbe(now: 1_200, wasSent: true)
        #expect(long.triedAgainFrom == 3_000)
    }

    @Test("The answer to a request from before the ejection does not end it")
    func lateSuccess() {
        var health = ejected(now: 0)
        health.succeed(now: 10)
        #expect(!health.admits(now: 20))
    }

    @Test("Without a threshold nothing is ejected")
    func off() {
        var health = EndpointHealth()
        var ejected = false
        for _ in 0..<1_000 {
            if health.fail(now: 0, ServicePolicy.Breaker()) { ejected = true }
        }
        #expect(!ejected)
        #expect(health.isUnimpaired)
    }

    @Test("A good check that began after an ejection has one request find out at once")
    func vouching() {
        var health = ejected(now: 100)
        let isEarly = health.vouch(since: 99, now: 150)
        #expect(!isEarly && !health.admits(now: 150))
        let isVouchedFor = health.vouch(since: 101, now: 160)
        #expect(isVouchedFor && health.admits(now: 160))
        let findsOut = health.begin(now: 160)
        #expect(findsOut && !health.admits(now: 161))
        health.succeed(now: 170)
        #expect(!health.isEjected && health.share(now: 170) < 30)
    }

    @Test("Checks that are good while requests fail end one ejection, and no further one")
    func refutedChecks() {
        var health = ejected(now: 0)
        let isVouchedFor = health.vouch(since: 10, now: 20)
        #expect(isVouchedFor)
        _ = health.begin(now: 20)
        let isEjected = health.fail(now: 30, breaker)
        #expect(isEjected)
        let isVouchedForAgain = health.vouch(since: 40, now: 50)
        #expect(!isVouchedForAgain)
        // Twice the time, as after any request that has found out so.
        #expect(!health.admits(now: 2_029) && health.admits(now: 2_030))
        _ = health.begin(now: 2_030)
        health.succeed(now: 2_040)
        for _ in 0..<3 { health.fail(now: 2_050, breaker) }
        #expect(health.isEjected)
        let isTrustedAgain = health.vouch(since: 2_060, now: 2_070)
        #expect(isTrustedAgain)
    }

    @Test("A good check says nothing new of an endpoint that is down, well, or being tried")
    func vouchingInVain() {
        var health = EndpointHealth()
        var vouched = [health.vouch(since: 1, now: 2)]
        health = ejected(now: 0)
        _ = health.begin(now: 1_000)
        vouched.append(health.vouch(since: 1_001, now: 1_002))
        health = ejected(now: 0)
        health.set(isDown: true, now: 1)
        vouched.append(health.vouch(since: 2, now: 3))
        #expect(vouched == [false, false, false])
    }

    @Test("What health checks say goes before what requests say")
    func checks() {
        var health = ejected(now: 0)
        health.set(isDown: true, now: 10)
        #expect(!health.admits(now: 100_000))
        #expect(health.returnsAt(now: 20, triesEjected: true, checkedGood: 90) == 90)
        health.set(isDown: false, now: 200)
        #expect(health.admits(now: 200))
        #expect(health.share(now: 200) < 256)
    }

    @Test("Who leaves without a verdict does not take it from others that are finding out")
    func companionLeaves() {
        var health = ejected(now: 0)
        for _ in 0..<3 { _ = health.begin(now: 1_000) }
        health.abandonProbe(now: 1_100, wasSent: false)
        var other = health
        health.succeed(now: 1_500)
        #expect(!health.isEjected)
        // The last one leaves its place to the next.
        other.abandonProbe(now: 1_200, wasSent: false)
        #expect(!other.admits(now: 1_200))
        other.abandonProbe(now: 1_300, wasSent: false)
        #expect(other.admits(now: 1_300))
        // A failure is the verdict for all: who comes next counts anew.
        _ = other.begin(now: 1_400)
        _ = other.begin(now: 1_400)
        other.fail(now: 1_500, breaker)
        let next = other.triedAgainFrom
        _ = other.begin(now: next)
        other.abandonProbe(now: next, wasSent: false)
        #expect(other.admits(now: next))
    }

    @Test("Company of the request that finds out does not make its time longer")
    func company() {
        var health = EndpointHealth()
        for _ in 0..<3 { health.fail(now: 0, breaker, wasSent: false) }
        #expect(!health.admitsCompanion(now: 0, hasFailed: true))
        let findsOut = health.begin(now: 100)
        #expect(findsOut && health.admitsCompanion(now: 100, hasFailed: false))
        let last = 100 + EndpointHealth.companyMilliseconds - 1
        let isSecond = health.begin(now: last)
        #expect(isSecond && health.admitsCompanion(now: last, hasFailed: false))
        #expect(!health.admitsCompanion(now: last + 1, hasFailed: true))
        #expect(!health.admits(now: 10_099) && health.admits(now: 10_100))
        // It was reached, and did not answer: what is sent may be what harms it.
        let isEjected = health.fail(now: 900, breaker, wasSent: true)
        #expect(!isEjected)
        _ = health.begin(now: 950)
        #expect(!health.admitsCompanion(now: 950, hasFailed: false))
        #expect(health.admitsCompanion(now: 950, hasFailed: true))
    }
}
