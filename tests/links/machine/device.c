/* SPDX-License-Identifier: Apache-2.0
 *
 * The printer's side inside the emulated machine: reads what comes from a gadget device, keeps it,
 * and answers DLE EOT and GS r as a printer that is well. One thread; ends when killed.
 * usage: device /dev/g_printer0|/dev/ttyGS0 FILE [answer|silent|stuck] [PORT STATUS]
 */
/* For cfmakeraw(). */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/usb/g_printer.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static void answer(int device, const unsigned char* last) {
    unsigned char byte = 0x12;
    if (last[0] == 0x1D && last[1] == 0x72 && last[2] == 1) byte = 0;
    const int asked = last[0] == 0x10 && last[1] == 0x04 && last[2] >= 1 && last[2] <= 4;
    if (!asked && byte != 0) return;
    if (write(device, &byte, 1) != 1) perror("write");
}

static void serve(int device, int paper, int answers) {
    unsigned char last[3] = {0, 0, 0};
    unsigned char bytes[4096];
    struct pollfd watched = {device, POLLIN, 0};
    for (;;) {
        if (poll(&watched, 1, -1) < 0) return;
        const ssize_t count = read(device, bytes, sizeof bytes);
        if (count < 0 && errno != EAGAIN) return;
        if (count <= 0) {
            (void)poll(NULL, 0, 10);
            continue;
        }
        if (write(paper, bytes, (size_t)count) != count) perror("paper");
        for (ssize_t i = 0; i < count; ++i) {
            memmove(last, last + 1, 2);
            last[2] = bytes[i];
            if (answers) answer(device, last);
        }
    }
}

static void make_raw(int device) {
    struct termios settings;
    if (tcgetattr(device, &settings) != 0) return;
    cfmakeraw(&settings);
    (void)tcsetattr(device, TCSANOW, &settings);
}

int main(int count, char** arguments) {
    if (count < 3) return 2;
    const char* kind = count > 3 ? arguments[3] : "answer";
    const int device = open(arguments[1], O_RDWR | O_NOCTTY);
    const int paper = open(arguments[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (device < 0 || paper < 0) {
        perror(arguments[1]);
        return 1;
    }
    make_raw(device);
    if (count > 4) {
        const unsigned char status = (unsigned char)strtoul(arguments[4], NULL, 16);
        if (ioctl(device, GADGET_SET_PRINTER_STATUS, status) < 0) perror("status");
    }
    /* The gadget takes a little as soon as somebody looks whether there is something to read. */
    struct pollfd look = {device, POLLIN, 0};
    if (strcmp(kind, "stuck") == 0 && poll(&look, 1, 0) >= 0) pause();
    serve(device, paper, strcmp(kind, "answer") == 0);
    return 0;
}
