"""A mail server on loopback that behaves as badly as real ones do, and keeps an honest log of what it took.

  python3 hostile-smtp.py LOG [--port P] [--seed N] [--trouble SHARE] [--certificate PEM --key PEM] [--tls starttls|implicit] [--user U --password W] [--ascii]

Prints "listening PORT" when it is ready. Each line of LOG is JSON: what = "accepted" (with messageId, to and, where the answer was then
withheld, "answered": false), or "refused", "dropped", "delayed", "connected". A line is on disk before the server answers.
"""
import argparse
import asyncio
import json
import os
import random
import ssl
import time
from email import policy
from email.parser import BytesParser

from aiosmtpd.smtp import SMTP, AuthResult, Envelope

REFUSALS = {
    "MAIL": ["421 4.3.2 shutting down", "450 4.7.1 come back later", "451 4.3.0 local trouble"],
    "RCPT": ["450 4.2.1 mailbox busy", "451 4.3.0 local trouble", "421 4.3.2 shutting down", "550 5.1.1 no such user"],
    "DATA": ["450 4.2.0 greylisted", "451 4.3.0 local trouble", "552 5.2.2 mailbox full", "550 5.7.1 not wanted", "421 4.3.2 shutting down"],
}


class Log:
    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8")

    def write(self, what, **rest):
        self.file.write(json.dumps({"what": what, "at": time.time(), **rest}) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())


class Hostile:
    def __init__(self, log, dice, trouble):
        self.log, self.dice, self.trouble = log, dice, trouble

    async def refuse(self, stage, envelope):
        """A refusal for this stage, or None; now and then it only takes its time."""
        draw = self.dice.random()
        if draw < self.trouble / 6:
            answer = self.dice.choice(REFUSALS[stage])
            self.log.write("refused", stage=stage, answer=answer, to=list(envelope.rcpt_tos))
            return answer
        if draw < self.trouble / 4:
            self.log.write("delayed", stage=stage)
            await asyncio.sleep(self.dice.uniform(0.05, 0.4))
        return None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.log.write("connected")
        return responses

    async def handle_MAIL(self, server, session, envelope: Envelope, address, options):
        if answer := await self.refuse("MAIL", envelope):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := await self.refuse("RCPT", envelope):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if answer := await self.refuse("DATA", envelope):
            return answer
        message = BytesParser(policy=policy.default).parsebytes(envelope.content)
        facts = {"messageId": message["Message-ID"].strip(" <>"), "to": list(envelope.rcpt_tos), "from": envelope.mail_from, "bytes": len(envelope.content), "utf8": "SMTPUTF8" in envelope.mail_options}
        draw = self.dice.random()
        if draw < self.trouble / 8:
            # Gone before it was stored: nothing was taken.
            self.log.write("dropped", **facts)
            server.transport.abort()
            return "250 never heard"
        if draw < self.trouble / 4:
            # Stored, and gone before the sender hears of it: nobody can tell from outside.
            self.log.write("accepted", answered=False, **facts)
            server.transport.abort()
            return "250 never heard"
        self.log.write("accepted", answered=True, **facts)
        return "250 2.0.0 taken"


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("log")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trouble", type=float, default=0.5)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--tls", default="none")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--ascii", action="store_true")
    args = parser.parse_args()

    handler = Hostile(Log(args.log), random.Random(args.seed), args.trouble)
    context = None
    if args.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(args.certificate, args.key)

    def authenticate(server, session, envelope, mechanism, data):
        login, password = data.login.decode(), data.password.decode()
        ok = (login, password) == (args.user, args.password)
        handler.log.write("signedIn" if ok else "refusedSignIn", mechanism=mechanism)
        return AuthResult(success=ok)

    def session():
        return SMTP(
            handler, enable_SMTPUTF8=not args.ascii, hostname="mail.example", ident="hostile",
            tls_context=context if args.tls == "starttls" else None, require_starttls=args.tls == "starttls",
            authenticator=authenticate if args.user else None, auth_required=bool(args.user), auth_require_tls=False)

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", args.port, ssl=context if args.tls == "implicit" else None)
    print("listening", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
