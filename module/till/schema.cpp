// SPDX-License-Identifier: Apache-2.0
#include "till/schema.h"

#include "till/body.h"
#include "till/query.h"

namespace linuxcash::till {
namespace {

// Names and codes are those of the register that this one stands in for, where they are known;
// money is in minor units of the document's currency, times are Unix milliseconds.
constexpr const char* kTables = R"sql(
CREATE TABLE workshift (
    shiftnum INTEGER PRIMARY KEY,
    shiftdate TEXT NOT NULL,
    scode TEXT NOT NULL,
    time_beg INTEGER NOT NULL,
    time_end INTEGER
);
CREATE UNIQUE INDEX workshift_open ON workshift (time_end IS NULL) WHERE time_end IS NULL;

CREATE TABLE document (
    documentid INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    checknum INTEGER NOT NULL UNIQUE,
    workshiftid INTEGER NOT NULL,
    doctype INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    cashcode TEXT NOT NULL,
    scode TEXT NOT NULL,
    sourceidentifier TEXT NOT NULL,
    cardnum TEXT NOT NULL,
    currency TEXT NOT NULL,
    sumb INTEGER NOT NULL,
    time_beg INTEGER NOT NULL,
    time_end INTEGER NOT NULL
);
CREATE UNIQUE INDEX document_open ON document (closed) WHERE closed = 0;
CREATE INDEX document_shift ON document (workshiftid);
CREATE INDEX document_source ON document (sourceidentifier) WHERE sourceidentifier <> '';

CREATE TABLE goodsitem (
    documentid INTEGER NOT NULL,
    place INTEGER NOT NULL,
    posnum INTEGER NOT NULL,
    opcode INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    bcode TEXT NOT NULL,
    article TEXT NOT NULL,
    unit TEXT NOT NULL,
    linetype TEXT NOT NULL,
    bquant TEXT NOT NULL,
    price INTEGER NOT NULL,
    minprice INTEGER,
    disc_abs INTEGER NOT NULL,
    sumb INTEGER NOT NULL,
    saleposnum INTEGER NOT NULL,
    PRIMARY KEY (documentid, place)
) WITHOUT ROWID;

CREATE TABLE moneyitem (
    documentid INTEGER NOT NULL,
    number INTEGER NOT NULL,
    valcode INTEGER NOT NULL,
    opcode INTEGER,
    sumb INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    operation TEXT,
    gatewayid TEXT NOT NULL,
    cardnum TEXT NOT NULL,
    slip TEXT NOT NULL,
    reporttext TEXT NOT NULL,
    reportcard TEXT NOT NULL,
    additionaldata TEXT NOT NULL,
    note TEXT NOT NULL,
    refunds INTEGER NOT NULL,
    PRIMARY KEY (documentid, number)
) WITHOUT ROWID;

CREATE TABLE documentnote (
    documentid INTEGER NOT NULL,
    module TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (documentid, module)
) WITHOUT ROWID;

CREATE TABLE operation (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    system TEXT NOT NULL,
    valcode INTEGER NOT NULL,
    sumb INTEGER NOT NULL,
    currency TEXT NOT NULL,
    uid TEXT NOT NULL,
    checknum INTEGER NOT NULL,
    payment INTEGER NOT NULL,
    target TEXT,
    word TEXT,
    closed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX operation_open ON operation (closed) WHERE closed = 0;

CREATE TABLE slip (
    slipnum INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    target TEXT NOT NULL,
    lines TEXT NOT NULL,
    elements TEXT NOT NULL,
    printed TEXT NOT NULL,
    time INTEGER NOT NULL
);
CREATE INDEX slip_owed ON slip (printed) WHERE printed = 'owed';

CREATE TABLE valut (
    valcode INTEGER PRIMARY KEY,
    system TEXT NOT NULL,
    name TEXT NOT NULL,
    kkm INTEGER UNIQUE,
    kind TEXT NOT NULL,
    fiscal INTEGER NOT NULL
);

CREATE TABLE cardgroup (
    idcardgroup INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    inputmask INTEGER NOT NULL,
    pattern TEXT NOT NULL
);

CREATE TABLE action (
    keyname TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    parameters TEXT NOT NULL
) WITHOUT ROWID;
)sql";

// Version 2: refund receipts that stay open when they are paid; comparisons with gateways.
constexpr const char* kSecondVersion = R"sql(
ALTER TABLE document ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

CREATE TABLE reconciliation (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    system TEXT NOT NULL,
    valcode INTEGER NOT NULL,
    shiftnum INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    message TEXT NOT NULL,
    comparison TEXT NOT NULL,
    slipnum INTEGER NOT NULL,
    time INTEGER NOT NULL
);
CREATE INDEX reconciliation_shift ON reconciliation (shiftnum);
)sql";

// Version 3: what the back office was told: the doctype that it read of a receipt's own file, and
// of a shift's file; a receipt that was annulled since has another one.
constexpr const char* kThirdVersion = R"sql(
ALTER TABLE document ADD COLUMN exported INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN filed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE workshift ADD COLUMN exported INTEGER NOT NULL DEFAULT 0;
CREATE INDEX document_unexported ON document (checknum) WHERE closed = 1 AND exported <> doctype;
CREATE INDEX document_refiled ON document (checknum)
    WHERE closed = 1 AND filed <> 0 AND filed <> doctype;
CREATE INDEX document_sold ON document (workshiftid, sumb) WHERE closed = 1 AND doctype = 1;
CREATE INDEX workshift_unexported ON workshift (shiftnum)
    WHERE time_end IS NOT NULL AND exported = 0;
)sql";

// Version 4: slips that may be on paper.
constexpr const char* kFourthVersion = R"sql(
DROP INDEX slip_owed;
CREATE INDEX slip_owed ON slip (slipnum) WHERE printed IN ('owed', 'doubt');
)sql";

Result<> create_tables(store::Database& database) {
    const auto tables = Query(database, "SELECT count(*) FROM sqlite_master").number();
    if (!tables) return tables.error();
    if (tables->value_or(0) != 0) {
        return damaged(tr("в файле лежат таблицы другой программы"));
    }
    if (auto created = database.execute(kTables); !created) return created;
    const auto cash = Query(
                          database,
                          "INSERT INTO valut (valcode, system, name, kkm, kind, fiscal) "
                          "VALUES (?, '', ?, NULL, ?, 1)")
                          .with(kCashValutcode)
                          .with(tr("Наличные").russian())
                          .with(name(core::PaymentKind::Cash))
                          .run();
    if (!cash) return cash;
    return Done{};
}

Result<> upgrade(store::Database& database, std::int64_t version) {
    if (version == 0) {
        if (auto created = create_tables(database); !created) return created;
    }
    if (version < 2) {
        if (auto changed = database.execute(kSecondVersion); !changed) return changed;
    }
    if (version < 3) {
        if (auto changed = database.execute(kThirdVersion); !changed) return changed;
    }
    if (version < 4) {
        if (auto changed = database.execute(kFourthVersion); !changed) return changed;
    }
    return database.set_user_version(kSchemaVersion);
}

Error too_new(std::int64_t version) {
    return {
        ErrorCode::Unsupported,
        tr("база кассы записана более новой версией программы (схема %1, известна %2): обновите "
           "программу",
           version, kSchemaVersion)};
}

}  // namespace

Result<> prepare_schema(store::Database& database) {
    const auto before = database.user_version();
    if (!before) return before.error();
    if (*before == kSchemaVersion) return Done{};
    // Another process may do the same at the same moment: looked at again under the lock.
    auto transaction = store::Transaction::begin(database);
    if (!transaction) return transaction.error();
    const auto version = database.user_version();
    if (!version) return version.error();
    if (*version > kSchemaVersion) return too_new(*version);
    if (*version == kSchemaVersion) return Done{};
    if (auto upgraded = upgrade(database, *version); !upgraded) return upgraded;
    return transaction->commit();
}

}  // namespace linuxcash::till
