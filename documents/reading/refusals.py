"""Why a file is not read: each refusal names the file and the remedy in one sentence."""

from states.errors import Invalid


class NotRead(Invalid):
    """Không đọc được tệp «{name}» (the file cannot be read): hãy xem lại tệp rồi gửi lại."""


class NoSuchFile(NotRead):
    """Không có tệp «{name}» (no such file): xem lại tên và thư mục."""


class NotAPlainFile(NotRead):
    """«{name}» không phải tệp thường (not a plain file: a link, a device or a pipe): chép tệp thật vào rồi đọc."""


class BadName(NotRead):
    """Tên tệp «{name}» có ký tự lạ hoặc đường dẫn (path or control characters in the name): đổi tên rồi gửi lại."""


class EmptyFile(NotRead):
    """Tệp «{name}» rỗng (empty): xin gửi lại tệp có nội dung."""


class TooLarge(NotRead):
    """Tệp «{name}» lớn quá {most} (too large): tách tệp hoặc giảm dung lượng ảnh rồi gửi lại."""


class TooMuch(NotRead):
    """Tệp «{name}» có quá nhiều {what}, hơn {most} (too much in one file): tách tệp rồi gửi lại."""


class UnknownKind(NotRead):
    """Không đọc được loại tệp của «{name}»{what}: chỉ nhận .docx, .pdf, .xlsx, .xls, .ods, .txt, .eml, .mbox."""


class WrongKind(NotRead):
    """Tệp «{name}» mang đuôi {said} nhưng thực là {found} (content unlike its name): đổi lại tên đúng rồi gửi."""


class OwnForm(NotRead):
    """Tệp «{name}» là biểu tải từ chương trình (a blank form of this program): mở đúng báo cáo ở trang Soạn rồi nạp ở
    mục Làm trong Excel."""


class OldKind(NotRead):
    """Tệp «{name}» là {found}, không đọc trực tiếp (a kind that is not read): lưu lại thành {better} rồi gửi."""


class HasMacros(NotRead):
    """Tệp «{name}» có macro (macros), không nhận: lưu lại thành .docx hoặc .xlsx không có macro rồi gửi."""


class Encrypted(NotRead):
    """Tệp «{name}» có mật khẩu hoặc được mã hóa (encrypted): bỏ mật khẩu rồi gửi lại."""


class Bomb(NotRead):
    """Tệp «{name}» giải nén ra quá lớn so với tệp (zip bomb), không mở: xin tệp khác từ nơi gửi."""


class NestedArchive(NotRead):
    """Tệp «{name}» chứa tệp nén khác («{inner}») bên trong (nested archive): gửi từng tệp riêng."""


class AnArchive(NotRead):
    """Tệp «{name}» là tệp nén (an archive): giải nén rồi gửi từng văn bản."""


class BadInside(NotRead):
    """Tệp «{name}» có tên bên trong trỏ ra ngoài hoặc lặp lại («{inner}») (path trick): xin tệp khác từ nơi gửi."""


class Entities(NotRead):
    """Tệp «{name}» khai báo thực thể XML (XML entities or DTD), không mở: lưu lại bằng Word hoặc Excel rồi gửi."""


class Damaged(NotRead):
    """Tệp «{name}» hỏng hoặc không đúng định dạng {kind} (damaged): mở và lưu lại, rồi gửi lại."""


class Scan(NotRead):
    """Tệp «{name}» là bản quét, không có lớp chữ (a scan without text): gửi bản Word, bản PDF ký số, hoặc nhập tay."""


class NothingIn(NotRead):
    """Tệp «{name}» không có chữ nào (no text in it): xem lại tệp rồi gửi lại."""


class UnknownEncoding(NotRead):
    """Không rõ bảng mã của tệp «{name}» (encoding unknown): lưu lại bằng Unicode (UTF-8) rồi gửi."""


class TookTooLong(NotRead):
    """Đọc tệp «{name}» quá {seconds} giây nên đã dừng (took too long): tách tệp hoặc lưu lại rồi gửi."""


class TooHeavy(NotRead):
    """Đọc tệp «{name}» cần quá nhiều bộ nhớ nên đã dừng (took too much memory): tách tệp hoặc lưu lại rồi gửi."""


class NoPicture(NotRead):
    """Tệp «{name}» không có trang {page} để xem như ảnh (no picture of this page): xem phần chữ, hoặc tải tệp gốc."""


class Broke(NotRead):
    """Đang đọc tệp «{name}» thì trình đọc dừng đột ngột (the reader ended abruptly): mở, lưu lại rồi gửi lại."""


KINDS: dict[str, type[NotRead]] = {
    one.__name__: one
    for one in (
        NotRead, NoSuchFile, NotAPlainFile, BadName, EmptyFile, TooLarge, TooMuch, UnknownKind, WrongKind, OldKind,
        OwnForm, HasMacros, Encrypted, Bomb, NestedArchive, AnArchive, BadInside, Entities, Damaged, Scan,
        NothingIn, UnknownEncoding, TookTooLong, TooHeavy, NoPicture, Broke,
    )
}  # fmt: skip
"""By name: a refusal comes out of the reading process as its name and fields."""
