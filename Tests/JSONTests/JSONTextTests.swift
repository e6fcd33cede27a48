import JSON
import Testing

@Suite("JSON text")
struct JSONTextTests {
    @Test("has its members in order, with commas between them")
    func order() {
        var json = JSONText()
        json.object { json in
            json.member("b", "x")
            json.member("a", 1)
            json.member("none", nil as String?)
            json.key("list")
            json.array { json in
                json.number(1)
                json.array { _ in }
                json.object { json in json.member("t", true) }
            }
        }
        #expect(json.text == #"{"b":"x","a":1,"none":null,"list":[1,[],{"t":true}]}"#)
    }

    @Test("escapes what must not stand in a string")
    func escapes() {
        var json = JSONText()
        json.string("a\"b\\c\n\r\t\u{1}\u{7F}é/")
        #expect(json.text == #""a\"b\\c\n\r\t\u0001\u007fé/""#)
    }

    @Test("escapes what terminals and scripts take for more than text")
    func controls() {
        var json = JSONText()
        json.string("\u{80}\u{9F}\u{A0}\u{2028}\u{2029}…")
        #expect(json.text == "\"\\u0080\\u009f\u{A0}\\u2028\\u2029…\"")
    }
}
