"""What can stand in the way of a signature, each a sentence with its remedy."""

from states.errors import Conflict, DonDocError, Invalid, NotFound, Refused


class PassphraseNeeded(Invalid):
    """Chưa nhập mật khẩu của chứng thư số (the passphrase of the certificate is needed): nhập rồi ký lại."""


class WrongPassphrase(Refused):
    """Mật khẩu của chứng thư số không đúng (wrong passphrase): nhập lại; sai nhiều lần sẽ phải chờ."""


class Waiting(Refused):
    """Đã nhập sai mật khẩu nhiều lần; thử lại sau {minutes} phút (too many wrong passphrases): wait, then try again."""

    status = 429


class SignatureRequired(Invalid):
    """{unit} yêu cầu ký số ({what}): đăng ký chứng thư số trước (a signature by certificate is asked for here)."""


class CertificateUnfit(Invalid):
    """Chứng thư số không dùng được để ký (the certificate can't be used): {why}"""


class NotACertificate(Invalid):
    """Tệp này không phải chứng thư số đọc được (no certificate, or a wrong passphrase): chọn PEM, DER hoặc P12."""


class CertificateTaken(Conflict):
    """Chứng thư số này đã được đăng ký (already registered): xem danh sách chứng thư."""


class CertificateChanged(Conflict):
    """Chứng thư số dùng để ký vừa được thay (the certificate was replaced meanwhile): mở lại rồi ký lại."""


class NoSuchCertificate(NotFound):
    """Không có chứng thư số {number} (no such certificate): xem danh sách chứng thư."""


class AlreadyEnded(Conflict):
    """Chứng thư số này đã được kết thúc (already ended): không phải làm gì thêm."""


class TokenSigns(Invalid):
    """Khóa của chứng thư này nằm trong thiết bị ký (the key is in a token): chuẩn bị tệp, ký bằng thiết bị, gửi lại."""


class KeySigns(Invalid):
    """Chứng thư này ký tại đây bằng mật khẩu (its key is kept here): nhập mật khẩu, không phải tải tệp về."""


class SealInToken(Invalid):
    """Con dấu số trong thiết bị chưa dùng được ở đây (a seal in a token can't be used yet): đăng ký tệp P12."""


class IntentGone(NotFound):
    """Không có lượt ký này (no such signing): mở lại văn bản rồi chuẩn bị ký lại."""


class IntentExpired(DonDocError):
    """Lượt ký này đã hết hạn lúc {at} (this signing has expired): chuẩn bị ký lại."""

    status = 410


class DownloadSpent(DonDocError):
    """Tệp của lượt ký này đã được tải về một lần (it was handed out already): chuẩn bị ký lại."""

    status = 410


class IntentUsed(Conflict):
    """Lượt ký này đã dùng xong (this signing is done already): mở lại văn bản để xem."""


class TooLarge(DonDocError):
    """Tệp gửi về quá lớn (the returned file is too large): phần thêm vào không được quá {limit} KB."""

    status = 413


class NotReturnedRight(Invalid):
    """Tệp gửi về không nhận được (the returned file is refused): {why} Chuẩn bị và ký lại đúng tệp đã tải về."""


class OutOfOrder(Conflict):
    """Thứ tự ký sai (wrong order): {why}"""
