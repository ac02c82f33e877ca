import random, re, json, collections
from http_world import Api, issue_plan, report_of, plan_order, report_text, send_report
from world import WARDS, PROVINCE, DISTRICTS
from fastapi.routing import APIRoute
from api.routes import ROUTERS
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
VALS=["1","0","-1","x","","2026-12-01","0001-01-01","9999-12-31","2026-13-01","true","9"*25,"%ff","%00","%","\\","../","report","plan","commune","body","2026-12-01T00:00:00%2B07:00","0001-01-01T00:00:00%2B14:00","9999-12-31T23:59:59-14:00","2147483647","2147483648","9223372036854775807","a%25b","_%25","%5C","١٢","²","NaN","1e5","10201"]
BODY=[None,1,-1,"x","","2026-12-01","2026-12-01T00:00:00+07:00",[],{},True,2**31,2**63,0,1.5,"9999-12-31","0001-01-01","report","commune","extension","waiver","refusal","x"*600,["x"],[1],[None],{"a":1},"action-month",2,"present","sign","return","receive","register","withdraw","recall","reopen","assign","send_back","revise","submit"]
def body_of(schema, defs, d, depth=0):
    if "$ref" in schema: return body_of(defs[schema["$ref"].split("/")[-1]], defs, d, depth)
    if d.random()<float(__import__('os').environ.get('MUT','0.03')): return d.choice(BODY)
    if "anyOf" in schema: return body_of(d.choice(schema["anyOf"]), defs, d, depth)
    if "enum" in schema: return d.choice(schema["enum"])
    if "const" in schema: return schema["const"]
    t=schema.get("type")
    if t=="object":
        if "properties" in schema:
            req=set(schema.get("required",[]))
            return {k: body_of(v,defs,d,depth+1) for k,v in schema["properties"].items() if k in req or d.random()<0.5}
        return {d.choice(["1","2","3","10201","purpose","x"]): body_of(schema.get("additionalProperties") if isinstance(schema.get("additionalProperties"),dict) else {},defs,d,depth+1) for _ in range(d.randint(0,3))}
    if t=="array": return [body_of(schema["items"],defs,d,depth+1) for _ in range(max(schema.get("minItems",0),d.randint(0,2)))]
    if t=="integer": return d.choice([1,2,3,5,10,2026,1000000, schema.get("minimum",1)])
    if t=="boolean": return d.random()<0.5
    if t=="null": return None
    if t=="string":
        f=schema.get("format")
        if f=="date": return d.choice(["2026-11-15","2026-12-15","2026-12-20","1900-01-01","2200-12-31"])
        if f=="date-time": return d.choice(["2026-12-15T00:00:00+07:00","2026-12-30T10:00:00Z","1900-01-01T00:00:00+14:00","2200-12-31T23:59:59-14:00"])
        if "pattern" in schema: return "ab"*32
        return d.choice(["x","Trạm Y tế","BC","action-month","plan","action_month","trên 540","Không","1.118","figures-wrong","🏳️‍🌈","ﷺ","year"])
    return d.choice(BODY)
def test_fuzz(api: Api):
    api.at("2026-10-05")
    plans=[issue_plan(api) for _ in range(2)]
    api.at("2026-12-16")
    for w in WARDS[:2]: send_report(api, report_of(api, plans[0], w), w)
    ids=[r["id"] for r in api.rows("SELECT id FROM document")]
    spec=api.app.openapi(); defs=spec["components"]["schemas"]
    d=random.Random(int(__import__("os").environ.get("SEED","7")))
    people=list(api.world.people.items())
    count=collections.Counter(); bad={}
    for n in range(int(__import__("os").environ.get("N","2500"))):
        path=d.choice(list(spec["paths"])); method=d.choice(list(spec["paths"][path]))
        if method=="get" and d.random()<0.5: continue; op=spec["paths"][path][method]
        def fill(m):
            k=m[1]
            if d.random()<0.1: return d.choice(VALS) or "1"
            if k=="document_id": return str(d.choice(ids))
            if k=="plan_id": return str(d.choice(plans))
            if k=="cell": return d.choice(["10201","10202","20101"])
            if k=="unit_id": return str(d.choice(list(api.world.units.values())))
            if k=="person_id": return str(d.choice(people)[1].person_id)
            if k=="day": return "2026-12-01"
            return d.choice(["1","2","deliver","plan","action-month"])
        url=re.sub(r"{(\w+)}", fill, path)
        q=[]
        for p in op.get("parameters",[]):
            if p["in"]=="query" and (p.get("required") or d.random()<0.5):
                v=d.choice(VALS) if d.random()<0.5 else str(body_of(p["schema"],defs,d))
                q.append(f'{p["name"]}={v}')
        if q: url+="?"+"&".join(q)
        kw={}
        if "requestBody" in op and "application/json" in op["requestBody"]["content"]:
            b=body_of(op["requestBody"]["content"]["application/json"]["schema"],defs,d)
            if "steps" in path and isinstance(b,dict):
                rows=api.rows("SELECT seq FROM document WHERE id=%s", int(url.split("/")[2])) if url.split("/")[2].isascii() and url.split("/")[2].isdigit() and int(url.split("/")[2])<2**40 else []
                if rows: b["seq"]=rows[0]["seq"]
            kw["json"]=b
        h={}
        if d.random()<0.2: h["Idempotency-Key"]=d.choice(["a","b","c"])
        (u,s),actor=d.choice(people)
        m=re.search(r"/documents/(\d+)", url)
        if m and d.random()<0.85 and int(m[1])<10**6:
            rows=api.rows("SELECT unit_id, receiver_id FROM document WHERE id=%s", int(m[1]))
            if rows:
                near=[(k,a) for k,a in people if k[0] in (rows[0]["unit_id"], rows[0]["receiver_id"])]
                (u,s),actor=d.choice(near)
        elif path.startswith("/plans") and d.random()<0.8:
            near=[(k,a) for k,a in people if k[0]==api.world.unit(PROVINCE)]
            (u,s),actor=d.choice(near)
        if d.random()<0.1: api.world.later(hours=3)
        r=api.voice(actor).say(method.upper(), url, headers=h, **kw)
        count[r.status_code]+=1
        if r.status_code>=500: bad.setdefault((method,path),(url,kw,s,r.text[:200]))
    print(count)
    for k,v in bad.items(): print(k,v)
    assert not bad
