// SPDX-License-Identifier: Apache-2.0
// bench_baseline naive|careful|reusing FOLDER URL REGNUM CA_FILE PASSWORD PAYMENTS: the same
// requests and the same number of durable commits as a payment of the module, written straight to
// libcurl and SQLite, as a program would be that has nothing else to care for. `naive` makes a new
// handle for each request and keeps SQLite's rollback journal; `careful` keeps its handle with its
// TLS sessions, its statements, and a write-ahead log, and gives each POST a connection of its own
// as the module does; `reusing` sends them over a kept connection as well, where libcurl may send
// them twice. An empty PASSWORD means token mode: each rotated token is saved in a file that
// replaces the former one.
#include <curl/curl.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/files.h"
#include "bench/meter.h"

namespace {

using linuxcash::bench::Spent;
using linuxcash::bench::Stopwatch;

constexpr int kWarmUp = 3;

struct Options {
    bool careful = false;
    bool reusing = false;  // careful, too
    std::filesystem::path folder;
    std::string url;
    std::string regnum;
    std::string ca_file;
    std::string password;
    unsigned long payments = 0;
};

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what);
}

struct EndEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct EndList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct EndDatabase {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct EndStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// The text of `"key":` in a body of which the simulator's form is known; quotes are left out.
std::string member(const std::string& body, const std::string& key) {
    std::size_t begin = body.find("\"" + key + "\":");
    if (begin == std::string::npos) fail("no " + key + " in " + body);
    begin = body.find(':', begin) + 1;
    const std::size_t end = body.find_first_of(",}", begin);
    std::string value = body.substr(begin, end - begin);
    std::erase(value, '"');
    return value;
}

class Wire {
public:
    explicit Wire(const Options& options) : options_(options) {
        const auto token = linuxcash::read_file(token_path(), 4096);
        if (token) token_ = *token;
    }

    // Method and path in one: "POST /pos/payments".
    std::string send(const std::string& what, const std::string& body = {}) {
        if (!options_.careful || !easy_) easy_.reset(curl_easy_init());
        curl_easy_reset(easy_.get());
        reply_.clear();
        new_token_.clear();
        const std::unique_ptr<curl_slist, EndList> headers(headers_for(!body.empty()));
        set_up(what, body, headers.get());
        const CURLcode code = curl_easy_perform(easy_.get());
        long status = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        if (code != CURLE_OK || status != 200)
            fail(what + ": " + curl_easy_strerror(code) + " " + std::to_string(status) + reply_);
        if (!options_.careful) easy_.reset();
        if (!new_token_.empty()) save_token();
        return reply_;
    }

    [[nodiscard]] bool needs_token() const { return options_.password.empty() && token_.empty(); }

private:
    [[nodiscard]] std::filesystem::path token_path() const { return options_.folder / "token"; }

    curl_slist* headers_for(bool with_body) const {
        curl_slist* list = curl_slist_append(nullptr, ("regNum: " + options_.regnum).c_str());
        list = curl_slist_append(list, "Accept: application/json");
        if (with_body) list = curl_slist_append(list, "Content-Type: application/json");
        if (!options_.password.empty())
            list = curl_slist_append(list, ("password: " + options_.password).c_str());
        if (!token_.empty()) list = curl_slist_append(list, ("token: " + token_).c_str());
        return list;
    }

    void set_up(const std::string& what, const std::string& body, curl_slist* headers) {
        CURL* easy = easy_.get();
        const std::size_t blank = what.find(' ');
        curl_easy_setopt(easy, CURLOPT_URL, (options_.url + what.substr(blank + 1)).c_str());
        if (what.starts_with("POST")) {
            if (!options_.reusing) curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());
        }
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(easy, CURLOPT_TIMEOUT, 30L);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Wire::on_body);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Wire::on_header);
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
    }

    static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
        static_cast<Wire*>(self)->reply_.append(bytes, size * count);
        return size * count;
    }

    static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
        const std::string_view line(bytes, size * count);
        constexpr std::string_view kName = "token: ";
        if (line.starts_with(kName)) {
            const std::size_t end = line.find_last_not_of("\r\n") + 1;
            static_cast<Wire*>(self)->new_token_ = line.substr(kName.size(), end - kName.size());
        }
        return size * count;
    }

    void save_token() {
        token_ = new_token_;
        if (!linuxcash::write_file(token_path(), token_, 0600)) fail("the token was not saved");
    }

    const Options& options_;
    std::unique_ptr<CURL, EndEasy> easy_;
    std::string reply_;
    std::string token_;
    std::string new_token_;
};

class Store {
public:
    explicit Store(const Options& options) : careful_(options.careful) {
        sqlite3* database = nullptr;
        const std::string path = options.folder / "bench.journal";
        const int code = sqlite3_open(path.c_str(), &database);
        database_.reset(database);
        if (code != SQLITE_OK) fail(sqlite3_errmsg(database));
        run(careful_ ? "PRAGMA journal_mode=WAL" : "PRAGMA journal_mode=DELETE");
        run("PRAGMA synchronous=FULL");
        run("CREATE TABLE IF NOT EXISTS records(seq INTEGER PRIMARY KEY, operation TEXT NOT NULL,"
            " kind TEXT NOT NULL, body TEXT NOT NULL, at_ms INTEGER NOT NULL)");
    }

    // One durable commit.
    void add(const std::string& operation, const std::string& kind, const std::string& body) {
        if (!careful_) statement_.reset();
        if (!statement_) prepare();
        sqlite3_stmt* statement = statement_.get();
        sqlite3_reset(statement);
        sqlite3_bind_text(statement, 1, operation.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(statement, 2, kind.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(statement, 3, body.c_str(), -1, SQLITE_TRANSIENT);
        if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_errmsg(database_.get()));
        sqlite3_reset(statement);
    }

private:
    void run(const char* sql) {
        if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            fail(sqlite3_errmsg(database_.get()));
    }

    void prepare() {
        sqlite3_stmt* statement = nullptr;
        constexpr const char* kInsert =
            "INSERT INTO records(operation, kind, body, at_ms) VALUES(?1, ?2, ?3, 0)";
        if (sqlite3_prepare_v2(database_.get(), kInsert, -1, &statement, nullptr) != SQLITE_OK)
            fail(sqlite3_errmsg(database_.get()));
        statement_.reset(statement);
    }

    bool careful_;
    std::unique_ptr<sqlite3, EndDatabase> database_;
    std::unique_ptr<sqlite3_stmt, EndStatement> statement_;
};

class Register {
public:
    explicit Register(const Options& options) : options_(options), wire_(options), store_(options) {
        if (wire_.needs_token()) wire_.send("GET /tokens");
    }

    Spent pay() {
        const std::string order = options_.regnum + std::to_string(linuxcash::bench::now_ns());
        linuxcash::bench::let_a_buyer_go();
        const Stopwatch watch;
        const std::string session = wire_.send("POST /pos/demandPayment", R"({"paymentMode":3})");
        const std::string id = member(session, "sessionId");
        const std::string ready = wire_.send("GET /pos/consumerStatus?sessionId=" + id);
        if (member(ready, "isConsumerReady") != "true") fail("the buyer was not there: " + ready);
        const std::string body =
            R"({"sum":24.50,"orderNumber":")" + order + R"(","sessionId":)" + id
            + R"(,"shift":"22112026-3","details":{"receiptNumber":"1","amountTotal":24.50,)"
            + R"("items":[{"type":1,"name":"Молоко 1 л","quantity":1,"price":24.50,"cost":24.50}],)"
            + R"("payments":[{"type":1,"cost":24.50}]}})";
        store_.add(order, "intent", body);
        const std::string paid = wire_.send("POST /pos/payments", body);
        if (member(paid, "status") != "1") fail("not paid: " + paid);
        store_.add(order, "ended", paid);
        return watch.end();
    }

private:
    const Options& options_;
    Wire wire_;
    Store store_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 8) {
        std::cerr
            << "usage: bench_baseline naive|careful|reusing FOLDER URL REGNUM CA_FILE PASSWORD "
               "PAYMENTS\n";
        return 2;
    }
    Options options;
    options.reusing = std::string_view(argv[1]) == "reusing";
    options.careful = options.reusing || std::string_view(argv[1]) == "careful";
    options.folder = argv[2];
    options.url = argv[3];
    options.regnum = argv[4];
    options.ca_file = argv[5];
    options.password = argv[6];
    options.payments = std::strtoul(argv[7], nullptr, 10);
    try {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        Register shop(options);
        for (int payment = 0; payment < kWarmUp; ++payment)
            shop.pay();
        std::vector<Spent> payments;
        while (payments.size() < options.payments)
            payments.push_back(shop.pay());
        linuxcash::bench::print_medians(payments);
        return 0;
    } catch (const std::exception& failure) {
        std::cerr << "bench_baseline: " << failure.what() << "\n";
        return 1;
    }
}
