from __future__ import annotations
import re, os, traceback, inspect
from urllib.parse import quote, urlencode
import pytest
from fastapi.routing import APIRoute
from api import pages
from tests.http_world import Api, issue_plan, report_of, report_text, send_report
from tests.pages.page_reader import Reader
from tests.world import PROVINCE
DISTRICT, FIRST, SECOND = "Huyện An Mẫu", "Phường Một", "Phường Hai"
ROUTES = [route for router in (*pages.ROUTERS, *pages.PUBLIC) for route in router.routes if isinstance(route, APIRoute)]
ODD = ("", "-1", "0", "1", "1.5", "9" * 30, "9" * 5000, str(2**31), str(2**63), "²", "٣", "\x01", "‮đảo", "🙂",
       "[]", '{"a": [1]}', "[" * 100000, '{"texts|results": 5, "rows|1|n1": {}, "x": null, "rows": 1, "figures|x": []}', "2026-13-45", "9999-12-31", "0001-01-01", "nhap", "<script>alert(1)</script>", "'\"\\", "//evil.example",
       "rows.²", "rows." + "9" * 150, "figures.0", "figures." + "9" * 190, "figures.10201", "rows.1.values.1", "rows.1.values.²", "tables.x", "texts.", "x" * 5000, "true", "1.1.1", "copy:table.999", "copy:t.zzz", "add:" + "9" * 5000, "add:1", "add:999", "drop:x", "explain:1", "copy:table.1", "take-theirs", "extension", "comment")

def fields_of(route):
    found, waiting = set(), [route.dependant]
    while waiting:
        one = waiting.pop(); waiting.extend(one.dependencies)
        found |= {f.alias for f in one.body_params}
    mod = inspect.getmodule(route.endpoint)
    src = inspect.getsource(mod)
    for m in re.findall(r'from (api\.pages[\w.]*) import', src):
        import importlib
        try: src += inspect.getsource(importlib.import_module(m))
        except Exception: pass
    found |= set(re.findall(r'(?:words|day|number|get|getlist|many)\((?:form, |read\.form, |self\.form, )?"([\w.:-]+)"', src))
    if "/soan" in route.path:
        found |= {"f.10201", "f.10000", "f.9999999", "r.1.x.l", "r.1.x.v1", "r.1.x.c", "r.1.x.v99", "n.1", "n.999", "t.results", "t.zzz", "k.x.number", "k.x.group", "k.x.due", "a.x.due", "base", "do", "version", "seq", "to_office", "pick:x", "why.1.words", "why.1.code", "why.1.place", "given_by", "channel"}
    return sorted(found)

def report(out, caplog, route, i, what, a):
    tb = [rec.exc_info[1] for rec in caplog.records if rec.exc_info]
    print(a.status_code, i, route.path, what[:150], repr(tb[:1])[:300], file=out)
    for e in tb[:1]:
        print("".join(traceback.format_tb(e.__traceback__)[-2:]), file=out, flush=True)

def test_probe_post(api: Api, caplog):
    plan = issue_plan(api)
    send_report(api, report_of(api, plan, FIRST), FIRST)
    reports = {"second": report_of(api, plan, SECOND), "district": report_of(api, plan, DISTRICT), "first": report_of(api, plan, FIRST)}
    readers = [(Reader(api, SECOND, "drafter"), "second"), (Reader(api, DISTRICT, "supervisor"), "first"), (Reader(api, PROVINCE, "drafter"), "plan"), (Reader(api, SECOND, "leader"), "second"), (Reader(api, FIRST, "clerk"), "first"), (Reader(api, PROVINCE, "admin"), "first")]
    reports["plan"] = plan
    out = open("/tmp/attack_post.txt", "w"); seen = set(); n = 0; codes = {}
    for route in ROUTES:
        if "POST" not in route.methods: continue
        for i, (r, which) in enumerate(readers):
            for action in (("present", "sign", "return", "reopen", "submit", "recall", "send_back", "receive") if "{action}" in route.path else ("x",)):
                known = {"document_id": str(reports[which]), "plan_id": str(plan), "action": action, "flow": "consolidate", "unit_id": str(api.world.unit(SECOND)), "act": "khoa", "cell": "10201", "person_id": "99999", "office_id": "99999"}
                path = re.sub(r"{(\w+)(?::\w+)?}", lambda m: known.get(m[1], "1"), route.path)
                names = fields_of(route)
                bodies = [{}]
                for odd in ODD:
                    bodies.append({name: odd for name in names})
                    seq = str(api.rows("SELECT seq FROM document WHERE id = %s", reports[which])[0]["seq"])
                    bodies.append({**{name: odd for name in names}, "seq": seq})
                    if i in (0, 1, 2) and action == "x":
                        for name in names:
                            bodies.append({name: odd, "don-vi": known["unit_id"]} if name != "don-vi" else {name: odd})
                if i and len(bodies) > 200: bodies = bodies[::3]
                for body in bodies:
                    n += 1; caplog.clear()
                    a = r.post(path, body)
                    codes[a.status_code] = codes.get(a.status_code, 0) + 1
                    if a.status_code >= 500:
                        tb = [rec.exc_info[1] for rec in caplog.records if rec.exc_info]
                        key = (route.path, str(tb[:1])[:60] if tb else "")
                        if key in seen: continue
                        seen.add(key)
                        report(out, caplog, route, i, str(body), a)
    print("posts", n, codes, file=out, flush=True)
    # poisoned pages
    for route in ROUTES:
        if "GET" not in route.methods or route.path.endswith("/song"): continue
        for i, (r, which) in enumerate(readers):
            for doc in reports.values():
                known = {"document_id": str(doc), "plan_id": str(plan), "code": "plan", "name": "to_draft", "action": "present", "unit_id": str(api.world.unit(SECOND)), "cell": "10201"}
                path = re.sub(r"{(\w+)(?::\w+)?}", lambda m: known.get(m[1], "1"), route.path)
                caplog.clear(); a = r.get(path)
                if a.status_code >= 500: report(out, caplog, route, i, "AFTER " + path, a)
                if "<script>alert" in a.text: print("XSS", path, file=out)
    print("done", file=out, flush=True)
