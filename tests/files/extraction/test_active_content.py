"""Documents that would do something besides being read."""

import io
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from files.extraction import ActiveContentError, EncryptedFileError, EntityError, MacroError, inspect
from tests.files.extraction.samples import CONTENT_TYPES, docx_bytes, odt_bytes, pdf_bytes, rezipped, xlsx_bytes

DOCX = docx_bytes(lambda document: document.add_paragraph("Текст"))
XLSX = xlsx_bytes({"А": [["x"]]})


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def open_action(action: Dictionary) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = action

    return change


def page_event(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=pdf.make_indirect(script()))


def named_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))


def link(action: Dictionary) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        pdf.pages[0].obj.Annots = Array([annotation])

    return change


def attachment(pdf: Pdf) -> None:
    pdf.attachments["payload.exe"] = b"MZ"


def form_script(pdf: Pdf) -> None:
    field = Dictionary(FT=Name.Tx, T=String("sum"), AA=Dictionary(C=script()))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def xfa_form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def film(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (film, "RichMedia"),
        (open_action(script()), "JavaScript"),
        (page_event, "JavaScript"),
        (named_script, "JavaScript"),
        (form_script, "JavaScript"),
        (open_action(Dictionary(S=Name.Launch, F=String("cmd.exe"))), "Launch"),
        (link(Dictionary(S=Name.Launch, F=String("cmd.exe"))), "Launch"),
        (link(Dictionary(S=Name.URI, URI=String("#"), Next=Array([script()]))), "JavaScript"),
        (attachment, "EmbeddedFile"),
        (xfa_form, "XFA"),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__qualname__", ""),
)
def test_a_pdf_that_would_act_is_refused_and_told_why(change: Callable[[Pdf], Any], found: str) -> None:
    data = pdf_bytes("Words", change=change)

    with pytest.raises(ActiveContentError) as caught:
        inspect(io.BytesIO(data), "a.pdf")

    assert caught.value.details == {"found": found}


def test_a_script_is_found_in_compressed_objects_and_under_a_written_out_name() -> None:
    data = pdf_bytes("Words", change=page_event, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    plain = pdf_bytes("Words", change=page_event, compress_streams=False)

    assert b"/JavaScript" not in data
    for hidden in (data, plain.replace(b"/JavaScript", b"/Jav#61Script").replace(b"/JS", b"/#4aS")):
        with pytest.raises(ActiveContentError):
            inspect(io.BytesIO(hidden), "a.pdf")


def test_a_pdf_with_links_and_bookmarks_is_let_in() -> None:
    def change(pdf: Pdf) -> None:
        link(Dictionary(S=Name.URI, URI=String("https://example.org/")))(pdf)
        open_action(Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit])))(pdf)

    assert inspect(io.BytesIO(pdf_bytes("Words", change=change)), "a.pdf").page_count == 1


@pytest.mark.parametrize("user", ["open", ""])
def test_a_pdf_under_a_password_or_restrictions_is_refused(user: str) -> None:
    data = pdf_bytes("Words", encryption=pikepdf.Encryption(user=user, owner="own"))

    with pytest.raises(EncryptedFileError):
        inspect(io.BytesIO(data), "a.pdf")


def test_a_tagged_pdf_is_told_from_one_that_is_not() -> None:
    def tag(pdf: Pdf) -> None:
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    assert inspect(io.BytesIO(pdf_bytes("Words", change=tag)), "a.pdf").is_tagged is True
    assert inspect(io.BytesIO(pdf_bytes("Words")), "a.pdf").is_tagged is False


@pytest.mark.parametrize(("data", "name", "part"), [(DOCX, "a.docx", "word/"), (XLSX, "a.xlsx", "xl/")])
def test_macros_under_an_innocent_name_are_refused(data: bytes, name: str, part: str) -> None:
    with pytest.raises(MacroError):
        inspect(io.BytesIO(rezipped(data, {f"{part}vbaProject.bin": b"code"})), name)


@pytest.mark.parametrize(("data", "name", "main"), [(DOCX, "a.docx", "document"), (XLSX, "a.xlsx", "sheet")])
def test_a_document_made_for_macros_is_refused(data: bytes, name: str, main: str) -> None:
    with ZipFile(io.BytesIO(data)) as archive:
        types = archive.read(CONTENT_TYPES)
    kind = b"ms-word.document" if main == "document" else b"ms-excel.sheet"
    plain = b"openxmlformats-officedocument." + (b"wordprocessingml" if main == "document" else b"spreadsheetml")
    changed = types.replace(plain + b"." + main.encode() + b".main", kind + b".macroEnabled.main")
    assert changed != types

    with pytest.raises(MacroError):
        inspect(io.BytesIO(rezipped(data, {CONTENT_TYPES: changed})), name)


def test_macros_of_an_open_document_are_refused() -> None:
    with pytest.raises(MacroError):
        inspect(io.BytesIO(rezipped(odt_bytes(""), {"Basic/Standard/Module1.xml": b"<x/>"})), "a.odt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declaration", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'>"]
)
def test_entities_in_any_part_are_refused(declaration: str, encoding: str) -> None:
    part = f"<?xml version='1.0'?>{' ' * 70_000}{declaration}<a/>".encode(encoding)

    with pytest.raises(EntityError) as caught:
        inspect(io.BytesIO(rezipped(DOCX, {"customXml/item1.xml": part})), "a.docx")

    assert caught.value.details == {"part": "customXml/item1.xml"}


def relation(kind: str, target: str) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{base}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    "target", ["https://example.org/a.dotm", "\\\\host\\a.dotm", "file://host/a.dotm", "file:////host/a"]
)
def test_a_template_from_another_machine_is_refused(target: str) -> None:
    data = rezipped(DOCX, {"word/_rels/settings.xml.rels": relation("attachedTemplate", target)})

    with pytest.raises(ActiveContentError) as caught:
        inspect(io.BytesIO(data), "a.docx")

    assert caught.value.details == {"found": "attachedTemplate"}


@pytest.mark.parametrize(
    ("kind", "target"),
    [("attachedTemplate", "file:///C:\\Templates\\Normal.dotm"), ("hyperlink", "https://example.org/")],
)
def test_a_template_of_the_writers_own_and_a_link_are_let_in(kind: str, target: str) -> None:
    data = rezipped(DOCX, {"word/_rels/settings.xml.rels": relation(kind, target)})

    assert inspect(io.BytesIO(data), "a.docx").extension == "docx"


def test_a_packed_file_behind_an_icon_is_refused() -> None:
    data = rezipped(DOCX, {"word/embeddings/oleObject1.bin": bytes(70_000) + "\x01Ole10Native".encode("utf-16-le")})

    with pytest.raises(ActiveContentError) as caught:
        inspect(io.BytesIO(data), "a.docx")

    assert caught.value.details == {"found": "OLE package"}
