# SPDX-License-Identifier: Apache-2.0
"""What an administrator asks of paysysctl while a register works, and while none does."""

import json
import os
import subprocess
import unittest

from harness import BIN, BUILD, PASSWORD, REGNUM, Shop

EXISTS = "Токен уже существует или касса работает в режиме пароля"


class Administrator(Shop):
    RELAY = True
    BUYER_MS = 0

    @property
    def token_file(self):
        return self.root / "cash" / "paysystems" / "oplati" / "token.conf"

    def valid_token(self):
        events = [json.loads(line) for line in self.ledger_file.read_text().splitlines()]
        return [event["token"] for event in events if event["event"] == "token"][-1]

    def pay_once(self, register, outcome="approved"):
        register.pay(sum="1.00")
        return register.paid(outcome)

    def owe_an_undo(self, register):
        register.sell("24.50")
        register.pay(sum="20.00")
        register.paid()
        self.relay.ask("port", {"open": False})
        register.do("payment-cancel", payment=1)
        register.expect("finished", do="payment-cancel", owed=True)

    def explained(self):
        (one,) = json.loads(self.paysysctl("queue", "explain", "--json"))
        return one

    def test_is_told_what_the_queue_of_a_working_register_waits_for(self):
        register = self.open_register()
        self.owe_an_undo(register)
        self.wait_for("an answered try", lambda: self.explained().get("tries", 0) >= 1)
        one = self.explained()
        self.assertTrue(one["running"])
        self.assertTrue(one["blocks"])
        self.assertNotEqual(one["last_error"], "")
        text = self.paysysctl("queue", "explain", "oplati", one["operation"][:8])
        self.assertIn("О!плати: в очереди отмена оплаты, 20.00 BYN, чек ", text)
        self.assertIn("деньги получены, но касса от этой оплаты отказалась", text)
        self.assertIn("попыток с запуска кассы: ", text)
        self.assertIn("оплата и возврат через О!плати не принимаются", text)
        self.assertIn("затем: paysysctl queue push oplati", text)
        self.relay.ask("port", {"open": True})
        self.paysysctl("queue", "push", "oplati")
        self.wait_for("discharge", lambda: any(kind == "discharged" for _, kind, _ in self.journal()))
        self.assertEqual(self.paysysctl("queue", "explain"), "")
        text = self.paysysctl("queue", "explain", one["operation"][:8])
        self.assertIn("выполнено из очереди", text)
        self.assertIn("что делать: ничего", text)
        register.close()
        self.check_books()

    def test_is_told_to_push_when_no_register_works_and_pushes(self):
        register = self.open_register()
        self.owe_an_undo(register)
        register.kill()
        text = self.paysysctl("queue", "explain")
        self.assertIn("касса не запущена", text)
        self.assertIn("без кассы: paysysctl queue push oplati", text)
        self.relay.ask("port", {"open": True})
        self.paysysctl("queue", "push", "oplati")
        self.assertEqual(self.paysysctl("queue", "list"), "")
        self.check_books()

    @unittest.skipUnless(os.geteuid() == 0 and all(part.stat().st_mode & 1 for part in (BUILD, *BUILD.parents)),
                         "only root can push as somebody else, who must be able to read the modules")
    def test_pushes_as_the_registers_user_when_called_by_root(self):
        nobody = 65534
        register = self.open_register()
        self.owe_an_undo(register)
        register.kill()
        self.token_file.unlink()
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        self.folder.chmod(0o755)
        for path in [self.root, *self.root.rglob("*")]:
            os.chown(path, nobody, nobody)
        self.relay.ask("port", {"open": True})
        self.paysysctl("queue", "push", "oplati")
        self.assertTrue(self.token_file.exists())
        self.assertEqual([path for path in self.root.rglob("*") if path.stat().st_uid != nobody], [])
        self.check_books()

    def test_sees_the_token_but_never_its_value(self):
        self.assertIn("token.conf нет", self.paysysctl("token", "status"))
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        text = self.paysysctl("token", "status", "oplati")
        self.assertIn(f"oplati: режим токена, касса {REGNUM}", text)
        self.assertIn("права 0600", text)
        self.assertIn("касса работает", text)
        (one,) = json.loads(self.paysysctl("token", "status", "--json"))
        self.assertEqual((one["condition"], one["token_register"], one["running"]), ("ready", REGNUM, True))
        self.assertNotIn(self.valid_token(), text + json.dumps(one))
        register.close()

    def test_resets_the_token_of_a_working_register(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        self.paysysctl("token", "reset", "oplati")
        self.assertFalse(self.token_file.exists())
        self.wait_for("the wish", lambda: "token-reset" in self.log())
        self.pay_once(register)
        self.assertIn(self.valid_token(), self.token_file.read_text())
        register.close()
        self.assertEqual(len(self.requests("tokens")), 2)
        self.check_books()

    def test_resets_the_token_when_no_register_works(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        register.close()
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        self.paysysctl("token", "reset", "oplati")
        register = self.register()
        self.pay_once(register)
        register.close()
        self.check_books()

    def test_that_resets_too_early_is_sent_to_the_cabinet(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        self.paysysctl("token", "reset", "oplati")
        self.wait_for("the wish", lambda: "token-reset" in self.log())
        self.assertEqual(self.pay_once(register, "refused")["text"], EXISTS)
        self.assertIn("Если касса пишет, что токен уже существует", self.paysysctl("token", "status"))
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        self.pay_once(register)
        register.close()
        self.check_books()

    def test_turns_the_pages_of_a_journal(self):
        register = self.open_register()
        register.sell("24.50")
        for _ in range(3):
            self.pay_once(register)
        seen = [self.paysysctl("journal", "list", "--limit", "1", "--skip", str(page)) for page in range(3)]
        self.assertEqual(len(set(seen)), 3)
        self.assertEqual("".join(reversed(seen)), self.paysysctl("journal", "list"))
        register.close()


class Password(Shop):
    PASSWORD_MODE = True

    def test_needs_no_token_and_is_never_shown(self):
        text = self.paysysctl("token", "status")
        self.assertIn(f"oplati: режим пароля, касса {REGNUM}", text)
        self.assertNotIn(PASSWORD, text)

    def test_has_no_token_to_reset(self):
        done = subprocess.run([BIN / "paysysctl", "--root", self.root, "token", "reset", "oplati"],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("файла токена не было", done.stderr)


if __name__ == "__main__":
    unittest.main()
