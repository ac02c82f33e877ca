"""How much is read rightly (đo việc đọc), against facts that a careful reader wrote down."""
