// SPDX-License-Identifier: Apache-2.0
// The main function of every unit-test program.
#include <CppUTest/CommandLineTestRunner.h>

int main(int argc, char** argv) {
    return CommandLineTestRunner::RunAllTests(argc, argv);
}
